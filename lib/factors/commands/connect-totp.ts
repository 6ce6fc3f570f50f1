import { audited, type RecordEvent } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { env } from "../../infra/env";
import { replaceRecoveryCodes } from "../recovery-codes";
import {
  newTotpSecret,
  openTotpSecret,
  qrSvg,
  readDigits,
  sealTotpSecret,
  stepOfCode,
  totpUri,
} from "../totp";
import { dropFactor } from "./drop-factor";
import { noteChange } from "./note-change";

type Person = { id: string; email: string };

/** What the app is given: as text to type, as a link, and as a picture to photograph. */
export function describeTotp(secret: string, email: string) {
  const uri = totpUri(secret, email, new URL(env().baseUrl).host);
  return { secret, uri, qr_svg: qrSvg(uri) };
}

/** A new secret for one's app. It counts for nothing until a first code was right. */
export async function beginTotp(actor: PersonActor) {
  const { id: userId, email } = actor.user;
  const secret = newTotpSecret();
  // One statement, so that it never takes the place of an app that counts.
  const begun = await db().$executeRaw`
    INSERT INTO totps (user_id, secret_sealed, created_at, last_step)
    VALUES (${userId}, ${sealTotpSecret(secret)}, ${now()}, 0)
    ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, created_at = excluded.created_at
    WHERE totps.confirmed_at IS NULL`;
  if (begun !== 1) throw new AppError("factor.already_on");
  return describeTotp(secret, email);
}

export type TotpToConfirm = { secret: string; step: number };

/** The secret that waits for its first code, and the step of this code; null when the code is wrong. */
export async function readFirstCode(userId: string, typed: string): Promise<TotpToConfirm | null> {
  const totp = await db().totp.findUnique({ where: { userId } });
  if (!totp) throw new AppError("factor.not_found");
  if (totp.confirmedAt) throw new AppError("factor.already_on");
  return matchFirstCode(openTotpSecret(totp.secretSealed), typed);
}

export function matchFirstCode(secret: string, typed: string): TotpToConfirm | null {
  const digits = readDigits(typed);
  const step = digits === null ? null : stepOfCode(secret, digits, now());
  return step === null ? null : { secret, step };
}

/** The app counts from now on; the code that showed it works is used up with that. */
export const confirmTotp = (actor: PersonActor, first: TotpToConfirm): Promise<string[]> =>
  audited(actor, async (transaction, record) => {
    const waiting = await transaction.totp.findUnique({ where: { userId: actor.user.id } });
    if (!waiting || openTotpSecret(waiting.secretSealed) !== first.secret) {
      throw new AppError("user.changed_meanwhile");
    }
    await turnOnTotp(transaction, record, actor.user, first, actor.sessionId);
    const codes = await transaction.recoveryCode.count({ where: { userId: actor.user.id, usedAt: null } });
    return codes > 0 ? [] : replaceRecoveryCodes(transaction, actor.user.id);
  });

/** Also for somebody who sets it up while signing in, and has no session yet. */
export async function turnOnTotp(
  transaction: Transaction,
  record: RecordEvent,
  user: Person,
  { secret, step }: TotpToConfirm,
  sessionId?: string,
): Promise<void> {
  const confirmed = await transaction.totp.count({ where: { userId: user.id, confirmedAt: { not: null } } });
  if (confirmed > 0) throw new AppError("factor.already_on");
  const row = { secretSealed: sealTotpSecret(secret), confirmedAt: now(), lastStep: step };
  await transaction.totp.upsert({
    where: { userId: user.id },
    create: { userId: user.id, createdAt: now(), ...row },
    update: row,
  });
  const kept = sessionId === undefined ? {} : { sessionId };
  await noteChange(transaction, record, { user, action: "factor.added", change: "totp_added", ...kept });
}

export const removeTotp = (actor: PersonActor): Promise<void> =>
  dropFactor(actor, { change: "totp_removed" }, async (transaction) => {
    const removed = await transaction.totp.deleteMany({
      where: { userId: actor.user.id, confirmedAt: { not: null } },
    });
    return removed.count === 1;
  });
