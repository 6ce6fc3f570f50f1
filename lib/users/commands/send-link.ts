import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import { readSettings } from "../../settings/queries";
import { createLink, type NewLink } from "../links";
import { getUser } from "../queries";
import type { SendLink } from "../schema";
import { assertCanReceiveLink } from "./delete-user";
import { mailLink } from "./mail-link";

/** A new invitation; the earlier one stops working. */
export async function inviteAgain(actor: Actor, id: string, { send_mail }: SendLink = {}): Promise<NewLink> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, id, transaction);
    assertCanReceiveLink(user);
    if (user.passwordHash !== null) throw new AppError("user.already_active");
    const { invitation_hours } = await readSettings(transaction);
    record({ action: "user.invited", object: { type: "user", id, label: user.email } });
    const link = await createLink(transaction, id, "invitation", invitation_hours);
    if (send_mail) await mailLink(transaction, "invitation", { actor, userId: id, link });
    return link;
  });
}

/** The admin never chooses or sees the password: only its owner gets to the page behind the link. */
export async function startPasswordReset(
  actor: Actor,
  id: string,
  { send_mail }: SendLink = {},
): Promise<NewLink> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, id, transaction);
    assertCanReceiveLink(user);
    const { password_reset_hours } = await readSettings(transaction);
    record({ action: "password.reset_started", object: { type: "user", id, label: user.email } });
    const link = await createLink(transaction, id, "password_reset", password_reset_hours);
    if (send_mail) await mailLink(transaction, "password_reset", { actor, userId: id, link });
    return link;
  });
}
