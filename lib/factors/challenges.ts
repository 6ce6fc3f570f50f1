import { AppError } from "../core/errors";
import { newId, newSecret } from "../core/ids";
import { minuteMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db } from "../infra/db/client";
import { decrypt, digest, digestCandidates, encrypt } from "../infra/secrets";

/** What was begun: a sign-in that waits for its factor, or a passkey that is to sign something. */
export type ChallengePurpose =
  | "second_factor"
  | "second_factor_setup"
  | "passkey_second"
  | "passkey_sign_in"
  | "passkey_new"
  | "passkey_step_up";

export const challengeMs = 10 * minuteMs;

type Begun = { userId?: string; subject?: string; data?: Record<string, unknown> };

/** Hands out a secret whose digest alone is kept; for a passkey it is what the device signs. */
export async function beginChallenge(
  purpose: ChallengePurpose,
  { userId, subject, data }: Begun,
): Promise<{ id: string; secret: string }> {
  const [id, secret, createdAt] = [newId("chl"), newSecret(), now()];
  await db().challenge.create({
    data: {
      id,
      purpose,
      digest: digest(purpose, secret),
      userId: userId ?? null,
      subject: subject ?? null,
      dataSealed: data ? sealData(data) : null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + challengeMs),
    },
  });
  return { id, secret };
}

const sealData = (data: Record<string, unknown>): string => encrypt("challenge", JSON.stringify(data));

export const readData = (challenge: { dataSealed: string | null }): Record<string, unknown> =>
  challenge.dataSealed === null ? {} : JSON.parse(decrypt("challenge", challenge.dataSealed));

export async function rememberInChallenge(id: string, data: Record<string, unknown>): Promise<void> {
  await db().challenge.updateMany({ where: { id, usedAt: null }, data: { dataSealed: sealData(data) } });
}

/** One that still works, without using it up; the secret opens nothing for another purpose. */
export async function findChallenge(purpose: ChallengePurpose, secret: string) {
  const challenge = await db().challenge.findFirst({
    where: { digest: { in: digestCandidates(purpose, secret) } },
  });
  return challenge && challenge.usedAt === null && challenge.expiresAt > now() ? challenge : null;
}

/** Uses it up: of two at once, one update finds it unused. */
export async function claimChallenge(id: string, database: Database = db()): Promise<void> {
  const claimed = await database.challenge.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  if (claimed.count !== 1) throw new AppError("auth.sign_in_over");
}
