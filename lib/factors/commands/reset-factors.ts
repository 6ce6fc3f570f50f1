import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin, systemActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { findUserByEmail, getUser } from "../../users/queries";
import { noteChange } from "./note-change";

/** For somebody whose phone and paper are gone: an administrator takes all their factors away. False: there were none. */
export async function resetFactors(actor: Actor, userId: string): Promise<boolean> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, userId, transaction);
    const removed = [
      await transaction.totp.deleteMany({ where: { userId } }),
      await transaction.passkey.deleteMany({ where: { userId } }),
      await transaction.recoveryCode.deleteMany({ where: { userId } }),
    ];
    if (removed.every(({ count }) => count === 0)) return false;
    await noteChange(transaction, record, { user, action: "factor.removed", change: "reset_by_admin" });
    return true;
  });
}

/** `npm run admin -- remove-factors`: for an owner who is locked out and can reach the machine. */
export async function resetFactorsLocally(email: string): Promise<boolean> {
  const user = await findUserByEmail(email);
  if (!user)
    throw new AppError("user.not_found", { detail: `There is no account with the address ${email}.` });
  return resetFactors(systemActor("remove-factors"), user.id);
}
