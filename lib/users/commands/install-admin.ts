import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { randomBase62 } from "../../core/ids";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { hashPassword } from "../../infra/password/password";
import { endSessions } from "../../sessions/commands";
import { removeLinks } from "../links";
import { insertUser } from "./insert-user";

export type NewAdmin = { id: string; email: string; password: string; isGenerated: boolean };

/** 24 characters of base62: 142 random bits, still possible to type from paper. */
const generatePassword = () => randomBase62(24);

/** On a database without any account, makes the owner's. Answers null when there is one already. */
export async function createFirstAdmin(email: string, chosenPassword?: string): Promise<NewAdmin | null> {
  if ((await db().user.count()) > 0) return null;
  const admin = await createAdmin(email, { chosenPassword, isFirst: true });
  return admin;
}

/** `npm run admin -- create-admin`, and the first start. */
export async function createAdmin(
  email: string,
  { chosenPassword, isFirst = false }: { chosenPassword?: string | undefined; isFirst?: boolean } = {},
): Promise<NewAdmin | null> {
  const password = chosenPassword ?? generatePassword();
  const passwordHash = await hashPassword(password);
  const name = isFirst ? "Owner" : (email.split("@")[0] ?? email);
  return audited(systemActor(isFirst ? "first start" : "create-admin"), async (transaction, record) => {
    // Two processes may start on the same empty database: the second finds the account of the first.
    if (isFirst && (await transaction.user.count()) > 0) return null;
    if (await transaction.user.findUnique({ where: { email } })) throw new AppError("user.email_taken");
    const user = await insertUser(transaction, {
      ...{ email, name, role: "admin", planId: "owner", passwordHash },
      isPasswordGenerated: chosenPassword === undefined,
    });
    record({
      action: "user.created",
      object: { type: "user", id: user.id, label: email },
      detail: { name, role: "admin", plan: "owner" },
    });
    return { id: user.id, email, password, isGenerated: chosenPassword === undefined };
  });
}

/** `npm run admin -- reset-password`: for an owner who lost the password and can reach the machine. */
export async function resetPasswordLocally(email: string): Promise<NewAdmin> {
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  return audited(systemActor("reset-password"), async (transaction, record) => {
    const user = await transaction.user.findUnique({ where: { email } });
    if (!user)
      throw new AppError("user.not_found", { detail: `There is no account with the address ${email}.` });
    if (user.deletedAt || user.disabledAt) {
      throw new AppError("user.not_active", { detail: `The account ${email} is disabled or deleted.` });
    }
    await removeLinks(transaction, user.id);
    const sessions = await endSessions(transaction, user.id, "password_changed");
    await transaction.user.update({
      where: { id: user.id },
      data: { passwordHash, isPasswordGenerated: true, passwordChangedAt: now(), updatedAt: now() },
    });
    record({
      action: "password.reset",
      object: { type: "user", id: user.id, label: email },
      detail: { sessions_ended: sessions },
    });
    return { id: user.id, email, password, isGenerated: true };
  });
}
