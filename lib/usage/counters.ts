import { dayMs } from "../core/time";
import { nowMs } from "../infra/clock";
import { NothingChanged, readAside, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { wholeParameter } from "../infra/db/json-rows";
import { log } from "../infra/log";
import { singleton } from "../infra/singleton";
import { currentSettings } from "../settings/queries";
import { grains } from "./domain";
import { counterStatements, totalStatements } from "./totals";

/** So that nobody waits long for the database: a few milliseconds. */
const countedAtOnce = 2_000;
const countAfterMs = 1_000;

/**
 * Adds every call that was recorded and not counted yet to the counters. How far they have come moves in the same
 * transaction, and only from where it was read: so each call is counted once, however many processes do this.
 */
export async function countCalls(): Promise<void> {
  for (;;) {
    const [head] = await readAside<{ position: number; counted: number }>(
      Prisma.sql`SELECT position, counted FROM usage_head WHERE id = 1`,
    );
    if (!head || head.counted >= head.position) return;
    const upTo = Math.min(head.position, head.counted + countedAtOnce);
    const range = [BigInt(head.counted), BigInt(upTo)] as const;
    try {
      await writeAside([
        ...counterStatements(...range),
        ...totalStatements(...range),
        // Last, because calls that are being recorded wait for this row.
        {
          sql: Prisma.sql`UPDATE usage_head SET counted = ${wholeParameter(upTo)}
            WHERE id = 1 AND counted = ${wholeParameter(head.counted)} RETURNING counted`,
          isRequired: true,
        },
      ]);
    } catch (error) {
      // Another process was faster; what it left is ours.
      if (!(error instanceof NothingChanged)) throw error;
    }
  }
}

type Pace = { timer: NodeJS.Timeout | undefined; counting: Promise<void> | undefined };
const pace = () => singleton<Pace>("usage-pace", () => ({ timer: undefined, counting: undefined }));

/** Calls were recorded: a moment later, and together with those that come until then, they are counted. */
export function countSoon(): void {
  const own = pace();
  own.timer ??= setTimeout(() => {
    own.timer = undefined;
    own.counting ??= countCalls()
      .catch((err: unknown) =>
        log().warn({ err }, "calls could not be counted; it is tried again with the next"),
      )
      .finally(() => {
        own.counting = undefined;
      });
  }, countAfterMs).unref();
}

/** The timer is off, and what it began is over: before the database is closed. */
export async function stopCounting(): Promise<void> {
  const own = pace();
  clearTimeout(own.timer);
  own.timer = undefined;
  await own.counting;
}

const removedAtOnce = 2_000;
const writersKeptMs = dayMs;

/** Removes what is older than the settings say, in steps. Sums by month are kept for good. */
export async function removeOldUsage(): Promise<void> {
  const { calls_kept_days, hours_kept_days, days_kept_days } = await currentSettings();
  const before = (days: number) => wholeParameter(nowMs() - days * dayMs);
  const most = wholeParameter(removedAtOnce);
  const byGrain = (grain: number, days: number) =>
    Prisma.sql`grain = ${wholeParameter(grain)} AND at < ${before(days)}`;
  await removeAll(Prisma.sql`
    DELETE FROM usage_calls WHERE position IN (
      SELECT position FROM usage_calls WHERE at < ${before(calls_kept_days)}
        AND position <= (SELECT counted FROM usage_head WHERE id = 1) ORDER BY at LIMIT ${most})
    RETURNING 1 AS removed`);
  for (const [grain, days] of [
    [grains.hour, hours_kept_days],
    [grains.day, days_kept_days],
  ] as const) {
    const old = byGrain(grain, days);
    await removeAll(Prisma.sql`
      DELETE FROM usage_counters WHERE (grain, subject, at) IN (
        SELECT grain, subject, at FROM usage_counters WHERE ${old} LIMIT ${most}) RETURNING 1 AS removed`);
    await removeAll(Prisma.sql`
      DELETE FROM usage_error_counters WHERE (grain, subject, at, code) IN (
        SELECT grain, subject, at, code FROM usage_error_counters WHERE ${old} LIMIT ${most}) RETURNING 1 AS removed`);
    await removeAll(Prisma.sql`
      DELETE FROM usage_totals WHERE (grain, about, at, name) IN (
        SELECT grain, about, at, name FROM usage_totals WHERE ${old} LIMIT ${most}) RETURNING 1 AS removed`);
    await removeAll(Prisma.sql`
      DELETE FROM usage_error_totals WHERE (grain, at, code) IN (
        SELECT grain, at, code FROM usage_error_totals WHERE ${old} LIMIT ${most}) RETURNING 1 AS removed`);
  }
  await writeAside([
    { sql: Prisma.sql`DELETE FROM usage_writers WHERE at < ${wholeParameter(nowMs() - writersKeptMs)}` },
  ]);
}

async function removeAll(step: Prisma.Sql): Promise<void> {
  for (;;) {
    const [removed = []] = await writeAside([{ sql: step }]);
    if (removed.length < removedAtOnce) return;
  }
}
