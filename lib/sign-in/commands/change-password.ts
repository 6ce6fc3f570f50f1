import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { factorsOf } from "../../factors/queries";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { hashPassword, verifyPassword } from "../../infra/password/password";
import { queueMail } from "../../mail/commands/queue-mail";
import { endSessions } from "../../sessions/commands";
import { currentSettings } from "../../settings/queries";
import { loginWindowMs, type Settings, stepUpMs } from "../../settings/schema";
import { removeLinks } from "../../users/links";
import { assertGoodPassword } from "../../users/passwords";
import { attemptKey, giveBackAttempt, takeAttempt } from "../attempts";

/** One's own password. Guessing the current one is counted like a sign-in; all other devices are signed out. */
export async function changePassword(
  actor: PersonActor,
  currentPassword: string,
  nextPassword: string,
): Promise<void> {
  const settings = await currentSettings();
  await requireFactorLately(actor, settings);
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
      where: { id: user.id, passwordChangedAt: user.passwordChangedAt },
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
    await queueMail(transaction, { kind: "password_changed", userId: user.id });
  });
  await giveBackAttempt(attempt);
}

/** It asks for the current password itself; whoever has a second factor shows that as well. */
async function requireFactorLately(actor: PersonActor, settings: Settings): Promise<void> {
  if (!(await factorsOf(actor.user.id)).hasAny) return;
  const since = now().getTime() - stepUpMs(settings);
  if (!actor.provenAt || actor.provenAt.getTime() < since) throw new AppError("auth.step_up_required");
}
