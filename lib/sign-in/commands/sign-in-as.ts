import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import type { User } from "../../users/queries";
import { type SignInOptions, startAfterGate } from "./start-after-gate";

/** Somebody else vouched for this person: a sign-in service. Disabled accounts and second factors count all the same. */
export async function signInAs(
  actor: AnonymousActor,
  user: User,
  { deviceToken: _, ...options }: SignInOptions & { method: string },
) {
  if (user.disabledAt !== null || user.deletedAt !== null) throw new AppError("auth.invalid_credentials");
  return startAfterGate(actor, user, { ...options, isProven: false });
}
