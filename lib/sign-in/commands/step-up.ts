import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { claimPasskey, passkeyOptions } from "../../factors/passkey-ceremony";
import { factorsOf } from "../../factors/queries";
import type { PasskeyResponse } from "../../factors/schema";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { verifyPassword } from "../../infra/password/password";
import { deviceName } from "../../sessions/domain";
import { currentSettings } from "../../settings/queries";
import { loginWindowMs } from "../../settings/schema";
import { attemptKey, giveBackAttempt, takeAttempt } from "../attempts";
import { proveByCode } from "./check-code";
import { methodsOf } from "./start-after-gate";

export type Proof = {
  password?: string | undefined;
  code?: string | undefined;
  passkey?: { challengeId: string; response: PasskeyResponse } | undefined;
};

/** How this person can prove who they are: with their second factor, or, having none, with the password. */
export async function listProofs(actor: PersonActor) {
  const userId = actor.user.id;
  const factors = await factorsOf(userId);
  if (!factors.hasAny) {
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: userId } });
    return { methods: passwordHash === null ? [] : (["password"] as const) };
  }
  const methods = methodsOf(factors);
  if (factors.passkeys === 0) return { methods };
  const use = { purpose: "passkey_step_up", userId, subject: actor.sessionId } as const;
  return { methods, ...(await passkeyOptions(use)) };
}

/** A fresh proof of who is at the keyboard: for a while, sensitive actions need no other. */
export async function stepUp(actor: PersonActor, proof: Proof): Promise<void> {
  await prove(actor, proof);
  await audited(actor, async (transaction, record) => {
    const proven = await transaction.session.updateMany({
      where: { id: actor.sessionId, endedAt: null },
      data: { provenAt: now() },
    });
    if (proven.count !== 1) throw new AppError("auth.required");
    record({
      action: "session.proven",
      object: { type: "session", id: actor.sessionId, label: deviceName(actor.origin.userAgent) },
      detail: { user_id: actor.user.id },
    });
  });
}

async function prove(actor: PersonActor, { password, code, passkey }: Proof): Promise<void> {
  const { user, sessionId } = actor;
  if (passkey) {
    const use = { purpose: "passkey_step_up", userId: user.id, subject: sessionId } as const;
    await claimPasskey(use, passkey.response, passkey.challengeId);
    return;
  }
  if (code !== undefined && (await proveByCode(actor, user, code))) return;
  const factors = await factorsOf(user.id);
  // Whoever has a second factor shows that: a password may have been watched or guessed.
  if (factors.hasAny)
    throw new AppError("auth.second_factor_required", { extra: { methods: methodsOf(factors) } });
  if (password === undefined) throw new AppError("auth.wrong_password");
  await provePassword(user.id, password);
}

async function provePassword(userId: string, password: string): Promise<void> {
  const settings = await currentSettings();
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  const limit = { max: settings.login_attempts_max, windowMs: loginWindowMs(settings) };
  const attempt = await takeAttempt(attemptKey("user", userId), limit);
  if (!(await verifyPassword(password, passwordHash))) {
    const fault = { pointer: "/password", message: "This is not your password.", fix: "Try again." };
    throw new AppError("auth.wrong_password", { faults: [fault] });
  }
  await giveBackAttempt(attempt);
}
