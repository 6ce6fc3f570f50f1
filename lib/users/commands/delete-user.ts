import { audited, type RecordEvent } from "../../audit/commands/audited";
import { type Actor, type PersonActor, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { queueMail } from "../../mail/commands/queue-mail";
import { endSessions } from "../../sessions/commands";
import { removeLinks } from "../links";
import { getUser, type User } from "../queries";
import { assertAdminRemains } from "./update-user";

/** The row and its history stay; the person can no longer sign in, and the address stays taken. */
export async function deleteUser(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await audited(actor, async (transaction, record) => {
    const user = await getUser(actor, id, transaction);
    if (!user.deletedAt) await closeAccount(transaction, record, user);
  });
}

/** The same by oneself. The mail goes to the address as it is now: nothing is found by the account any more. */
export async function deleteOwnAccount(actor: PersonActor): Promise<void> {
  await audited(actor, async (transaction, record) => {
    const user = await transaction.user.findUniqueOrThrow({ where: { id: actor.user.id } });
    if (user.deletedAt) return;
    await closeAccount(transaction, record, user);
    await queueMail(transaction, { kind: "account_deleted", address: user.email });
  });
}

async function closeAccount(transaction: Transaction, record: RecordEvent, user: User): Promise<void> {
  await assertAdminRemains(transaction, user);
  const sessions = await endSessions(transaction, user.id, "user_deleted");
  await removeLinks(transaction, user.id);
  await transaction.user.update({ where: { id: user.id }, data: { deletedAt: now(), updatedAt: now() } });
  record({
    action: "user.deleted",
    object: { type: "user", id: user.id, label: user.email },
    detail: { sessions_ended: sessions },
  });
}

export async function restoreUser(actor: Actor, id: string): Promise<User> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, id, transaction);
    if (!user.deletedAt) return user;
    record({ action: "user.restored", object: { type: "user", id, label: user.email } });
    return transaction.user.update({ where: { id }, data: { deletedAt: null, updatedAt: now() } });
  });
}

/** A deleted or disabled account gets no links: nobody could use them. */
export function assertCanReceiveLink(user: User): void {
  if (user.deletedAt || user.disabledAt) throw new AppError("user.not_active");
}
