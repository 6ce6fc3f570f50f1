import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { readSettings } from "../../settings/queries";
import { createLink, createRegistrationLink, type NewLink } from "../links";
import { findUserByEmail, type User } from "../queries";

const sender = () => systemActor("mail");
const isUsable = (user: User | null): user is User => user !== null && !user.disabledAt && !user.deletedAt;

/** How long the link in a mail works that proves an address. */
export const proofHours = 24;

/**
 * For an address without an account, the link that makes one; `known` where it has one already, and null where
 * nothing is to be said: the account is disabled or deleted, and that is nobody's business.
 */
export async function makeRegistrationLink(
  newcomer: { email: string; name: string },
  isInvited: boolean,
): Promise<NewLink | "known" | null> {
  // One after the other like everything that is audited, so that of two at once the later one is the newest.
  return audited(sender(), async (transaction) => {
    const settings = await readSettings(transaction);
    if (settings.registration === "closed") return null;
    const holder = await findUserByEmail(newcomer.email, transaction);
    if (holder) return isUsable(holder) ? "known" : null;
    return createRegistrationLink(transaction, newcomer, isInvited ? settings.invitation_hours : proofHours);
  });
}

/** Null where nobody can use a new password. */
export async function makeResetLink(email: string): Promise<NewLink | null> {
  return audited(sender(), async (transaction, record) => {
    const user = await findUserByEmail(email, transaction);
    if (!isUsable(user)) return null;
    const { password_reset_hours } = await readSettings(transaction);
    record({ action: "password.reset_started", object: { type: "user", id: user.id, label: email } });
    return createLink(transaction, user.id, "password_reset", password_reset_hours, email);
  });
}

/** The proof of the address that somebody has. Null when it is proven meanwhile. */
export async function makeProofLink(userId: string): Promise<{ email: string; link: NewLink } | null> {
  return audited(sender(), async (transaction) => {
    const user = await transaction.user.findUnique({ where: { id: userId } });
    if (!isUsable(user) || user.emailVerified) return null;
    const link = await createLink(transaction, userId, "email_proof", proofHours, user.email);
    return { email: user.email, link };
  });
}

/** The proof of the address that somebody wants to have; `taken` where it belongs to another account. */
export async function makeChangeLink(userId: string, email: string): Promise<NewLink | "taken" | null> {
  return audited(sender(), async (transaction) => {
    const user = await transaction.user.findUnique({ where: { id: userId } });
    if (!isUsable(user) || user.email === email) return null;
    const holder = await findUserByEmail(email, transaction);
    if (holder) return isUsable(holder) ? "taken" : null;
    return createLink(transaction, userId, "email_change", proofHours, email);
  });
}

/** Where somebody can be told something now. */
export async function findMailAddress(userId: string): Promise<string | null> {
  const user = await db().user.findUnique({ where: { id: userId } });
  return isUsable(user) ? user.email : null;
}
