import { audited } from "../../audit/commands/audited";
import type { UserActor } from "../../core/actor";
import { secondMs } from "../../core/time";
import { now } from "../../infra/clock";
import { grantOf, overlapEnd } from "../domain";
import { getKey } from "../queries";
import { assertChangeable } from "./change-key";
import { assertMayGrant } from "./check-grant";
import { insertKey, type NewKey } from "./create-key";

/**
 * Makes the successor of a key: the same rights and the same pool, a new secret. The old one works on for the
 * overlap. Of two at once the second finds it replaced, because audited changes run one after the other. How
 * many keys one person may have is not asked: a full house must not keep anybody from changing a secret.
 */
export async function rollKey(actor: UserActor, id: string, overlapSeconds: number): Promise<NewKey> {
  return audited(actor, async (transaction, record) => {
    const old = await getKey(actor, id, transaction);
    assertChangeable(old);
    const grant = grantOf(old);
    // The answer is a working secret: with a weak key nobody gets a strong one by rolling that.
    await assertMayGrant(transaction, actor, grant);
    const { userId, name, poolId, slowedAt } = old;
    // Slowed as before: who stole it could roll it, too.
    const made = await insertKey(transaction, { userId, name, grant, poolId, slowedAt });
    const expiresAt = overlapEnd(old.expiresAt, overlapSeconds * secondMs, now());
    await transaction.apiKey.update({ where: { id }, data: { replacedById: made.key.id, expiresAt } });
    record({
      action: "key.rolled",
      object: { type: "key", id, label: name },
      detail: { user_id: userId, replaced_by: made.key.id, old_expires_at: expiresAt.toISOString() },
    });
    return made;
  });
}
