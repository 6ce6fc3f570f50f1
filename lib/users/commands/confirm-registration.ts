import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { isUniqueViolation } from "../../infra/db/errors";
import { hashPassword } from "../../infra/password/password";
import { readSettings } from "../../settings/queries";
import { claimLink, getRegistrationLink } from "../links";
import { assertGoodPassword } from "../passwords";
import { findUserByEmail, type User } from "../queries";
import type { AcceptInvitation } from "../schema";
import { insertMember } from "./insert-user";

/**
 * Makes the account that somebody registered for, or was invited to. Until now there was only a link, so an address
 * that got an account by another way meanwhile makes this one worthless.
 */
export async function confirmRegistration(actor: AnonymousActor, input: AcceptInvitation): Promise<User> {
  const { registration } = await readSettings();
  if (registration === "closed") throw new AppError("auth.registration_closed");
  const { email, name: wished } = await getRegistrationLink(input.token);
  const name = input.name ?? wished;
  await assertGoodPassword("/password", input.password, { email, name });
  const passwordHash = await hashPassword(input.password);
  try {
    return await audited(actor, async (transaction, record) => {
      const link = await getRegistrationLink(input.token, transaction);
      await claimLink(transaction, link.id);
      if (await findUserByEmail(email, transaction)) throw new AppError("link.invalid");
      const user = await insertMember(transaction, { email, name, passwordHash });
      const detail = { name, role: user.role, plan: user.planId };
      record({ action: "user.registered", object: { type: "user", id: user.id, label: email }, detail });
      return user;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("link.invalid");
    throw error;
  }
}
