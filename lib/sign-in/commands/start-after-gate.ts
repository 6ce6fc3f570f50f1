import { audited, type RecordEvent } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { beginChallenge, challengeMs } from "../../factors/challenges";
import type { Factors } from "../../factors/domain";
import { factorsOf, needsFactor } from "../../factors/queries";
import type { FactorMethod } from "../../factors/schema";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { startSession } from "../../sessions/commands";
import { deviceName } from "../../sessions/domain";
import { currentSettings, readSettings } from "../../settings/queries";
import { sessionAbsoluteMs } from "../../settings/schema";
import type { User } from "../../users/queries";

export type SignInOptions = {
  /** A person in a browser, or a person's program; the lifetime of the former is a setting. */
  kind?: "browser" | "api";
  lifetimeMs?: number;
  deviceToken?: string | undefined;
};

type Start = Omit<SignInOptions, "deviceToken"> & {
  /** How it began: password, passkey, or a provider's id. */
  method: string;
  /** A second factor was shown. */
  isProven: boolean;
  /** What else has to happen with the session or not at all. */
  inside?: (transaction: Transaction, record: RecordEvent) => Promise<void>;
};

/**
 * Every sign-in comes through here, whatever it began with: whether a second factor is missing is decided in the
 * transaction that starts the session, so there is no moment in which one exists without it.
 */
export async function startAfterGate(
  actor: AnonymousActor,
  user: User,
  { kind = "browser", lifetimeMs, method, isProven, inside }: Start,
) {
  const sessionMs = lifetimeMs ?? sessionAbsoluteMs(await currentSettings());
  const outcome = await audited(actor, async (transaction, record) => {
    const current = await unchanged(transaction, user);
    const factors = await factorsOf(user.id, transaction);
    if (!isProven && factors.hasAny) return { session: null, missing: factors };
    if (!isProven && needsFactor(current, await readSettings(transaction)))
      return { session: null, missing: null };
    await inside?.(transaction, record);
    const session = await startSession(transaction, user.id, actor.origin, {
      kind,
      method,
      lifetimeMs: sessionMs,
    });
    await transaction.user.update({ where: { id: user.id }, data: { lastSeenAt: now() } });
    record({
      action: "session.started",
      object: { type: "session", id: session.id, label: deviceName(actor.origin.userAgent) },
      detail: { user_id: user.id, email: user.email, kind, method },
    });
    return { session, missing: null };
  });
  if (outcome.session) return { user, session: outcome.session };
  throw await askForMore(user, method, outcome.missing);
}

/** Checking a password or asking another service took a moment; the account may have changed meanwhile. */
async function unchanged(transaction: Transaction, user: User): Promise<User> {
  const current = await transaction.user.findUniqueOrThrow({ where: { id: user.id } });
  const isOff = current.disabledAt !== null || current.deletedAt !== null;
  // Not the hash itself: that is made anew after a rotation of the pepper, for the same password.
  const isNew = current.passwordChangedAt?.getTime() !== user.passwordChangedAt?.getTime();
  if (isOff || isNew) throw new AppError("auth.invalid_credentials");
  return current;
}

/** The sign-in waits: whoever holds the answer's `pending` may finish it with the factor, and nothing else. */
async function askForMore(user: User, method: string, factors: Factors | null): Promise<AppError> {
  const purpose = factors ? "second_factor" : "second_factor_setup";
  const data = { method, password_changed_at: user.passwordChangedAt?.getTime() ?? null };
  const { secret } = await beginChallenge(purpose, { userId: user.id, data });
  const extra = { pending: secret, expires_in: challengeMs / 1000 };
  if (!factors) return new AppError("auth.second_factor_setup_required", { extra });
  return new AppError("auth.second_factor_required", { extra: { ...extra, methods: methodsOf(factors) } });
}

export function methodsOf(factors: Factors): FactorMethod[] {
  const methods: FactorMethod[] = [];
  if (factors.hasTotp) methods.push("totp");
  if (factors.passkeys > 0) methods.push("passkey");
  if (factors.recoveryCodesLeft > 0) methods.push("recovery_code");
  return methods;
}
