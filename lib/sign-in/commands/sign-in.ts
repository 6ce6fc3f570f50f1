import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { verifyPassword } from "../../infra/password/password";
import { currentSettings } from "../../settings/queries";
import { renewHash } from "../../users/commands/renew-hash";
import { userState } from "../../users/domain";
import { findUserByEmail, type User } from "../../users/queries";
import { giveBackAttempt } from "../attempts";
import { countAttempt, stopLooking } from "../guard";
import { proveByCode } from "./check-code";
import { type SignInOptions, startAfterGate } from "./start-after-gate";

export type Credentials = {
  email: string;
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code?: string | undefined;
  /** The solution of a riddle: see `guard.ts`. */
  proof?: string | undefined;
};

/**
 * The one way in with a password. Unknown address, wrong password, disabled and deleted account give the
 * same answer after the same work.
 */
export async function signIn(
  actor: AnonymousActor,
  { email, password, code, proof }: Credentials,
  { deviceToken, ...options }: SignInOptions = {},
) {
  const settings = await currentSettings();
  const user = await findUserByEmail(email);
  const attempts = await countAttempt(actor, email, user, settings, deviceToken, proof);
  try {
    const isRight = await verifyPassword(password, user?.passwordHash ?? null);
    if (!user || !isRight || userState(user) !== "active") {
      await recordRefusal(actor, email, user, isRight);
      throw new AppError("auth.invalid_credentials");
    }
    // Only wrong passwords are counted here; codes have a limit of their own.
    await Promise.all(attempts.map(giveBackAttempt));
  } finally {
    stopLooking(attempts);
  }
  void renewHash(user, password);
  const isProven = code !== undefined && (await proveByCode(actor, user, code));
  return startAfterGate(actor, user, { ...options, method: "password", isProven });
}

async function recordRefusal(
  actor: AnonymousActor,
  email: string,
  user: User | null,
  isRight: boolean,
): Promise<void> {
  const reason =
    user && isRight ? `account is ${userState(user)}` : user ? "wrong password" : "no such account";
  await audited(actor, async (_transaction, record) => {
    record({
      action: "session.refused",
      object: { type: "user", id: user?.id ?? null, label: email },
      detail: { reason },
    });
  });
}
