import { audited } from "../../audit/commands/audited";
import { requireAdmin, type UserActor } from "../../core/actor";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { getAnyKey, getKey, type Key } from "../queries";

/** Takes one's own key back; a second time changes nothing. */
export const revokeKey = (actor: UserActor, id: string): Promise<void> =>
  revoke(actor, "Revoked by its owner", (transaction) => getKey(actor, id, transaction));

/** An administrator takes anybody's key back, and says why: its owner reads it. */
export async function revokeAnyKey(actor: UserActor, id: string, reason: string): Promise<void> {
  requireAdmin(actor);
  await revoke(actor, reason, (transaction) => getAnyKey(actor, id, transaction));
}

async function revoke(
  actor: UserActor,
  reason: string,
  read: (transaction: Transaction) => Promise<Key>,
): Promise<void> {
  await audited(actor, async (transaction, record) => {
    const { id, name, userId, revokedAt } = await read(transaction);
    if (revokedAt) return;
    await transaction.apiKey.update({ where: { id }, data: { revokedAt: now(), revokedReason: reason } });
    record({
      action: "key.revoked",
      object: { type: "key", id, label: name },
      detail: { user_id: userId, reason },
    });
  });
}
