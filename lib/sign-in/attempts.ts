import { AppError } from "../core/errors";
import { never, secondsUntil } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { digestCandidates } from "../infra/secrets";

export type AttemptLimit = { max: number; windowMs: number };
export type Attempt = { key: string; slot: number; usedAt: Date };

/**
 * Who is counted: hashed, because the table should not be a list of who tried to get in from where. Since a rotation
 * of the secret there are several hashes, oldest first, and every attempt is noted under each of them: the oldest
 * decides, and by the time it is forgotten the next one knows all that it knew. So nobody gets a fresh window.
 */
export const attemptKey = (kind: "address" | "email" | "user" | "code" | "asking", value: string): string =>
  digestCandidates(`attempt-${kind}`, value)
    .map((text) => `${kind}:${text}`)
    .reverse()
    .join("|");

const namesIn = (key: string): string[] => key.split("|");

/**
 * Takes one of `max` numbered slots, each of which frees `windowMs` after it was taken: an exact sliding
 * window. The claim is one conditional UPDATE in its own committed write, so neither parallel attempts nor a
 * failed sign-in's rollback can make room for more.
 */
export async function takeAttempt(names: string, limit: AttemptLimit): Promise<Attempt> {
  const [key = "", ...others] = namesIn(names);
  for (let round = 0; round <= limit.max; round += 1) {
    const attempt = await takeSlot(key, limit);
    // Taken by a process that has forgotten the oldest name already: then that slot is used, and the next one is tried.
    if (await noteUnder(others, attempt, limit)) return { ...attempt, key: names };
  }
  throw tooMany(new Date(now().getTime() + limit.windowMs), now());
}

async function noteUnder(others: string[], { slot, usedAt }: Attempt, limit: AttemptLimit): Promise<boolean> {
  const freeSince = new Date(usedAt.getTime() - limit.windowMs);
  for (const key of others) {
    const noted = await db().$executeRaw`
      INSERT INTO attempt_slots (key, slot, used_at) VALUES (${key}, ${slot}, ${usedAt})
      ON CONFLICT (key, slot) DO UPDATE SET used_at = excluded.used_at
      WHERE attempt_slots.used_at <= ${freeSince}`;
    if (noted !== 1) return false;
  }
  return true;
}

async function takeSlot(key: string, { max, windowMs }: AttemptLimit): Promise<Attempt> {
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
  const where = { key: { in: namesIn(key) }, slot, usedAt };
  await db().attemptSlot.updateMany({ where, data: { usedAt: never } });
}

/** The same place, taken anew: null when it is not what it was, because it was used for this already. */
export async function retakeAttempt({ key, slot, usedAt }: Attempt): Promise<Attempt | null> {
  const at = now();
  const retake = (name: string) =>
    db().attemptSlot.updateMany({ where: { key: name, slot, usedAt }, data: { usedAt: at } });
  const [oldest = "", ...others] = namesIn(key);
  if ((await retake(oldest)).count !== 1) return null;
  for (const name of others) await retake(name);
  return { key, slot, usedAt: at };
}

export const countTaken = (key: string, windowMs: number): Promise<number> =>
  db().attemptSlot.count({
    where: { key: namesIn(key)[0] ?? "", usedAt: { gt: new Date(now().getTime() - windowMs) } },
  });

function tooMany(freeAt: Date, at: Date): AppError {
  const seconds = secondsUntil(freeAt, at);
  const minutes = Math.ceil(seconds / 60);
  return new AppError("auth.too_many_attempts", {
    detail: `Too many sign-in attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    retryAfterSeconds: seconds,
  });
}
