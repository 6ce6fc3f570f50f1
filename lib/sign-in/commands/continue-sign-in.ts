import type { RecordEvent } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import {
  type ChallengePurpose,
  claimChallenge,
  findChallenge,
  readData,
  rememberInChallenge,
} from "../../factors/challenges";
import {
  describeTotp,
  matchFirstCode,
  type TotpToConfirm,
  turnOnTotp,
} from "../../factors/commands/connect-totp";
import { claimPasskey, passkeyOptions } from "../../factors/passkey-ceremony";
import { factorsOf } from "../../factors/queries";
import type { PasskeyResponse } from "../../factors/schema";
import { newTotpSecret } from "../../factors/totp";
import { db, type Transaction } from "../../infra/db/client";
import type { User } from "../../users/queries";
import { countedCode, proveByCode, recordRefusal } from "./check-code";
import { type SignInOptions, startAfterGate } from "./start-after-gate";

type Answer = { pending: string; code?: string | undefined; passkey?: PasskeyResponse | undefined };

type Waiting = { id: string; purpose: ChallengePurpose; user: User; method: string; secret: string | null };

/** The second half of a sign-in: what was begun waits for one factor of the same person, and ends with it. */
export async function continueSignIn(
  actor: AnonymousActor,
  { pending, code, passkey }: Answer,
  { deviceToken: _, ...options }: SignInOptions = {},
) {
  const waiting = await getWaiting(pending);
  const { user, method } = waiting;
  const first = await showFactor(actor, waiting, { code, passkey });
  return startAfterGate(actor, user, {
    ...options,
    method,
    isProven: true,
    inside: async (transaction, record) => {
      await claimChallenge(waiting.id, transaction);
      if (first) await setUp(transaction, record, user, first);
    },
  });
}

/** Only for somebody who still has none: whoever got one meanwhile, elsewhere, is to show that. */
async function setUp(
  transaction: Transaction,
  record: RecordEvent,
  user: User,
  first: TotpToConfirm,
): Promise<void> {
  const { hasAny } = await factorsOf(user.id, transaction);
  if (hasAny) throw new AppError("auth.sign_in_over");
  await turnOnTotp(transaction, record, user, first);
}

/** Throws unless the factor was right; answers the app that is to be connected, where one is set up first. */
async function showFactor(
  actor: AnonymousActor,
  waiting: Waiting,
  { code, passkey }: Omit<Answer, "pending">,
): Promise<TotpToConfirm | null> {
  const { id, user, purpose, secret } = waiting;
  if (purpose === "second_factor_setup") {
    if (code === undefined || secret === null) throw new AppError("auth.wrong_code");
    let first: TotpToConfirm | null = null;
    await countedCode(actor, user, async () => {
      first = matchFirstCode(secret, code);
      return first !== null;
    });
    return first;
  }
  if (passkey) {
    const use = { purpose: "passkey_second", userId: user.id, subject: id } as const;
    await claimPasskey(use, passkey).catch(async (error: unknown) => {
      await recordRefusal(actor, user, "passkey");
      throw error;
    });
    return null;
  }
  if (code === undefined || !(await proveByCode(actor, user, code))) throw new AppError("auth.wrong_code");
  return null;
}

/** What a browser needs to ask for a passkey as the second factor of this sign-in. */
export async function askForPasskey(pending: string) {
  const { id, purpose, user } = await getWaiting(pending);
  if (purpose !== "second_factor") throw new AppError("auth.sign_in_over");
  return passkeyOptions({ purpose: "passkey_second", userId: user.id, subject: id });
}

/** Asked for again, it is the same secret: a page that was reloaded shows the same picture. */
export async function askForSetup(pending: string) {
  const waiting = await getWaiting(pending);
  if (waiting.purpose !== "second_factor_setup") throw new AppError("auth.sign_in_over");
  const secret = waiting.secret ?? newTotpSecret();
  if (waiting.secret === null) {
    await rememberInChallenge(waiting.id, {
      method: waiting.method,
      password_changed_at: waiting.user.passwordChangedAt?.getTime() ?? null,
      secret,
    });
  }
  return describeTotp(secret, waiting.user.email);
}

/** Nothing of it counts any more once the password was changed or the account taken away meanwhile. */
async function getWaiting(pending: string): Promise<Waiting> {
  const challenge =
    (await findChallenge("second_factor", pending)) ?? (await findChallenge("second_factor_setup", pending));
  const user = challenge?.userId ? await db().user.findUnique({ where: { id: challenge.userId } }) : null;
  if (!challenge || !user || user.disabledAt !== null || user.deletedAt !== null) {
    throw new AppError("auth.sign_in_over");
  }
  const { method, password_changed_at: changedAt, secret } = readData(challenge);
  if (changedAt !== (user.passwordChangedAt?.getTime() ?? null)) throw new AppError("auth.sign_in_over");
  return {
    id: challenge.id,
    purpose: challenge.purpose as ChallengePurpose,
    user,
    method: String(method),
    secret: typeof secret === "string" ? secret : null,
  };
}
