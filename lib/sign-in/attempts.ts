import { AppError } from "../core/errors";
import { never, secondsUntil } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { digest } from "../infra/secrets";

export type AttemptLimit = { max: number; windowMs: number };
export type Attempt = { key: string; slot: number; usedAt: Date };

/** Who is counted: hashed, because the table should not be a list of who tried to get in from where. */
export const attemptKey = (kind: "address" | "email" | "user", value: string): string =>
  `${kind}:${digest(`attempt-${kind}`, value)}`;

/**
 * Takes one of `max` numbered slots, each of which frees `windowMs` after it was taken: an exact sliding
 * window. The claim is one conditional UPDATE in its own committed write, so neither parallel attempts nor a
 * failed sign-in's rollback can make room for more.
 */
export async function takeAttempt(key: string, { max, windowMs }: AttemptLimit): Promise<Attempt> {
  // On Postgres two attempts may aim at the same slot, and the second finds it taken: it tries the next one.
  for (let round = 0; round <= max; round += 1) {
    const usedAt = now();
    const freeSince = new Date(usedAt.getTime() - windowMs);
    const [taken] = await db().$queryRaw<{ slot: number | bigint }[]>`
      UPDATE attempt_slots SET used_at = ${usedAt}
      WHERE key = ${key} AND used_at <= ${freeSince} AND slot = (
        SELECT slot FROM attempt_slots
        WHERE key = ${key} AND slot < ${max} AND used_at <= ${freeSince}
        ORDER BY used_at, slot LIMIT 1)
      RETURNING slot`;
    if (taken) return { key, slot: Number(taken.slot), usedAt };
    const slots = await db().attemptSlot.findMany({
      where: { key, slot: { lt: max } },
      orderBy: { usedAt: "asc" },
    });
    if (slots.length < max) {
      const slot = lowestMissing(slots.map((row) => row.slot));
      const added = await db().$executeRaw`
        INSERT INTO attempt_slots (key, slot, used_at) VALUES (${key}, ${slot}, ${usedAt}) ON CONFLICT DO NOTHING`;
      if (added === 1) return { key, slot, usedAt };
    }
    const oldest = slots[0];
    if (slots.length === max && oldest && oldest.usedAt > freeSince) {
      throw tooMany(new Date(oldest.usedAt.getTime() + windowMs), usedAt);
    }
  }
  throw tooMany(new Date(now().getTime() + windowMs), now());
}

function lowestMissing(present: number[]): number {
  let slot = 0;
  while (present.includes(slot)) slot += 1;
  return slot;
}

/** A right password gives its slot back: only wrong ones are counted. */
export async function giveBackAttempt({ key, slot, usedAt }: Attempt): Promise<void> {
  await db().attemptSlot.updateMany({ where: { key, slot, usedAt }, data: { usedAt: never } });
}

function tooMany(freeAt: Date, at: Date): AppError {
  const seconds = secondsUntil(freeAt, at);
  const minutes = Math.ceil(seconds / 60);
  return new AppError("auth.too_many_attempts", {
    detail: `Too many sign-in attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    retryAfterSeconds: seconds,
  });
}
