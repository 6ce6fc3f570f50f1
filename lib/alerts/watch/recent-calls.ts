import { hourMs } from "../../core/time";
import { now } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { grainStart, latencyBuckets } from "../../usage/domain";
import { sumsOfSums } from "../../usage/sums";

export type Sums = { calls: number; failures: number; buckets: number[] };
/** What one user, key (empty: none) and model did in the last hour. */
export type Recent = Sums & {
  userId: string;
  keyId: string;
  modelId: string;
  /** Since the hour of the clock began. */
  callsThisHour: number;
};

const bucketNames = Array.from({ length: latencyBuckets }, (_, index) => `b${index}`);

type CounterRow = Record<string, unknown> & { calls: number; failures: number };

const sumsOf = (row: CounterRow, share: number): Sums => ({
  calls: row.calls * share,
  failures: row.failures * share,
  buckets: bucketNames.map((name) => Number(row[name]) * share),
});

export const noCalls = (): Sums => ({ calls: 0, failures: 0, buckets: bucketNames.map(() => 0) });

export function addSums(to: Sums, more: Sums): void {
  to.calls += more.calls;
  to.failures += more.failures;
  for (const [index, count] of more.buckets.entries()) to.buckets[index] = (to.buckets[index] ?? 0) + count;
}

/** Several as one, by a name. */
export function sumBy(calls: readonly Recent[], nameOf: (one: Recent) => string): Map<string, Sums> {
  const all = new Map<string, Sums>();
  for (const one of calls) {
    const sums = all.get(nameOf(one)) ?? noCalls();
    addSums(sums, one);
    all.set(nameOf(one), sums);
  }
  return all;
}

type RecentRow = CounterRow & { user_id: string; key_id: string; model_id: string; at: number };

// CROSS JOIN: SQLite is to begin with the subjects, for the counters are sorted by them.

/**
 * The last sixty minutes as the counters tell them: the hour that runs, and of the one before it the share that has
 * not passed yet. Close enough, and it costs a look at two hours however many calls there were.
 */
export async function recentCalls(): Promise<Recent[]> {
  const at = now().getTime();
  const thisHour = grainStart("hour", at);
  const rows = await readAside<RecentRow>(Prisma.sql`
    SELECT s.user_id, s.key_id, s.model_id, c.at, ${sumsOfSums}
    FROM usage_subjects s CROSS JOIN usage_counters c
    WHERE c.subject = s.number AND c.grain = 1 AND c.at >= ${BigInt(thisHour - hourMs)} AND c.at <= ${BigInt(thisHour)}
    GROUP BY s.user_id, s.key_id, s.model_id, c.at`);
  const leftOfLast = 1 - (at - thisHour) / hourMs;
  return rows.map((row) => ({
    userId: row.user_id,
    keyId: row.key_id,
    modelId: row.model_id,
    callsThisHour: row.at === thisHour ? row.calls : 0,
    ...sumsOf(row, row.at === thisHour ? 1 : leftOfLast),
  }));
}

/** Of a model, and perhaps of one user's calls of it: each whole hour after `from`. */
export async function hoursAfter(modelId: string, userId: string | null, from: Date): Promise<Sums[]> {
  const rows = await readAside<CounterRow>(Prisma.sql`
    SELECT c.at, ${sumsOfSums}
    FROM usage_subjects s CROSS JOIN usage_counters c
    WHERE c.subject = s.number AND s.model_id = ${modelId} ${userId === null ? Prisma.empty : Prisma.sql`AND s.user_id = ${userId}`}
      AND c.grain = 1 AND c.at > ${BigInt(from.getTime())}
      AND c.at < ${BigInt(grainStart("hour", now().getTime()))}
    GROUP BY c.at`);
  return rows.map((row) => sumsOf(row, 1));
}

/** What each model did from one day to another. */
export async function daysOfModels(from: number, to: number): Promise<Map<string, Sums>> {
  const rows = await readAside<CounterRow & { model_id: string }>(Prisma.sql`
    SELECT c.name AS model_id, ${sumsOfSums}
    FROM usage_totals c
    WHERE c.grain = 2 AND c.about = 1 AND c.at >= ${BigInt(from)} AND c.at < ${BigInt(to)}
    GROUP BY c.name`);
  return new Map(rows.map((row) => [row.model_id, sumsOf(row, 1)]));
}
