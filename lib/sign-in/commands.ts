import { audited } from "../audit/commands/audited";
import type { AnonymousActor, PersonActor } from "../core/actor";
import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { hashPassword, verifyPassword } from "../infra/password/password";
import { endSessions, startSession } from "../sessions/commands";
import { deviceName } from "../sessions/domain";
import { currentSettings } from "../settings/queries";
import { loginWindowMs, sessionAbsoluteMs } from "../settings/schema";
import { userState } from "../users/domain";
import { removeLinks } from "../users/links";
import { assertGoodPassword } from "../users/passwords";
import { findUserByEmail, type User } from "../users/queries";
import { attemptKey, giveBackAttempt, takeAttempt } from "./attempts";
import { countAttempt } from "./guard";

type Credentials = { email: string; password: string };
type SignInOptions = {
  /** A person in a browser, or a person's program; the lifetime of the former is a setting. */
  kind?: "browser" | "api";
  lifetimeMs?: number;
  deviceToken?: string | undefined;
};

/**
 * The one way in with a password. Unknown address, wrong password, disabled and deleted account give the
 * same answer after the same work.
 */
export async function signIn(
  actor: AnonymousActor,
  { email, password }: Credentials,
  { kind = "browser", lifetimeMs, deviceToken }: SignInOptions = {},
) {
  const settings = await currentSettings();
  const user = await findUserByEmail(email);
  const attempts = await countAttempt(actor, email, user, settings, deviceToken);
  const isRight = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !isRight || userState(user) !== "active") {
    await recordRefusal(actor, email, user, isRight);
    throw new AppError("auth.invalid_credentials");
  }
  const session = await audited(actor, async (transaction, record) => {
    // The password took a moment to check; the account may have changed meanwhile.
    const current = await transaction.user.findUniqueOrThrow({ where: { id: user.id } });
    if (userState(current) !== "active" || current.passwordHash !== user.passwordHash) {
      throw new AppError("auth.invalid_credentials");
    }
    const started = await startSession(transaction, user.id, actor.origin, {
      kind,
      lifetimeMs: lifetimeMs ?? sessionAbsoluteMs(settings),
    });
    await transaction.user.update({ where: { id: user.id }, data: { lastSeenAt: now() } });
    record({
      action: "session.started",
      object: { type: "session", id: started.id, label: deviceName(actor.origin.userAgent) },
      detail: { user_id: user.id, email: user.email, kind },
    });
    return started;
  });
  await Promise.all(attempts.map(giveBackAttempt));
  return { user, session };
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

/** One's own password. Guessing the current one is counted like a sign-in; all other devices are signed out. */
export async function changePassword(
  actor: PersonActor,
  currentPassword: string,
  nextPassword: string,
): Promise<void> {
  const settings = await currentSettings();
  const user = await db().user.findUniqueOrThrow({ where: { id: actor.user.id } });
  await assertGoodPassword("/new_password", nextPassword, user);
  const limit = { max: settings.login_attempts_max, windowMs: loginWindowMs(settings) };
  const attempt = await takeAttempt(attemptKey("user", user.id), limit);
  if (!(await verifyPassword(currentPassword, user.passwordHash))) {
    throw new AppError("auth.wrong_password", {
      faults: [
        { pointer: "/current_password", message: "This is not your current password.", fix: "Try again." },
      ],
    });
  }
  const passwordHash = await hashPassword(nextPassword);
  await audited(actor, async (transaction, record) => {
    const changed = await transaction.user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash },
      data: { passwordHash, isPasswordGenerated: false, passwordChangedAt: now(), updatedAt: now() },
    });
    if (changed.count !== 1) throw new AppError("user.changed_meanwhile");
    await removeLinks(transaction, user.id);
    const sessions = await endSessions(transaction, user.id, "password_changed", actor.sessionId);
    record({
      action: "password.changed",
      object: { type: "user", id: user.id, label: user.email },
      detail: { sessions_ended: sessions },
    });
  });
  await giveBackAttempt(attempt);
}
