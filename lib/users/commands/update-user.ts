import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { endSessions } from "../../sessions/commands";
import { isActiveAdmin, searchTextOf } from "../domain";
import { removeLinks } from "../links";
import { countOtherActiveAdmins, getUser, type User } from "../queries";
import type { UpdateUser } from "../schema";
import { assertPlanExists } from "./create-user";

/** Changes name, role, plan or whether the account is disabled. What a role or a ban takes away stops at once. */
export async function updateUser(actor: Actor, id: string, change: UpdateUser): Promise<User> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, id, transaction);
    if (user.deletedAt) throw new AppError("user.not_active");
    const isDisabled = user.disabledAt !== null;
    const losesAdmin = (change.role !== undefined && change.role !== "admin") || change.disabled === true;
    if (losesAdmin) await assertAdminRemains(transaction, user);
    if (change.plan !== undefined) await assertPlanExists(transaction, change.plan);

    const object = { type: "user" as const, id, label: user.email };
    const edits = changedMembers(user, change);
    if (Object.keys(edits).length > 0) record({ action: "user.updated", object, detail: edits });
    if (edits.role) await endSessions(transaction, id, "role_changed");
    if (change.disabled === true && !isDisabled) {
      const sessions = await endSessions(transaction, id, "user_disabled");
      await removeLinks(transaction, id);
      record({ action: "user.disabled", object, detail: { sessions_ended: sessions } });
    }
    if (change.disabled === false && isDisabled) record({ action: "user.enabled", object });

    const name = change.name ?? user.name;
    const disabledAt =
      change.disabled === undefined ? user.disabledAt : change.disabled ? (user.disabledAt ?? now()) : null;
    return transaction.user.update({
      where: { id },
      data: {
        name,
        searchText: searchTextOf(name, user.email),
        role: change.role ?? user.role,
        planId: change.plan ?? user.planId,
        disabledAt,
        updatedAt: now(),
      },
    });
  });
}

/** Before and after of what really changes, for the audit log. */
function changedMembers(user: User, change: UpdateUser): Record<string, { before: string; after: string }> {
  const current = { name: user.name, role: user.role, plan: user.planId };
  const edits: Record<string, { before: string; after: string }> = {};
  for (const key of ["name", "role", "plan"] as const) {
    const after = change[key];
    if (after !== undefined && after !== current[key]) edits[key] = { before: current[key], after };
  }
  return edits;
}

/**
 * Two admins who remove each other at the same moment cannot both succeed: audited changes run one after
 * the other (see `audited`), so the second one counts after the first is done.
 */
export async function assertAdminRemains(transaction: Transaction, user: User): Promise<void> {
  if (!isActiveAdmin(user)) return;
  if ((await countOtherActiveAdmins(user.id, transaction)) === 0) throw new AppError("user.last_admin");
}
