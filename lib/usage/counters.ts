import { dayMs } from "../core/time";
import { nowMs } from "../infra/clock";
import { deleteInSteps, NothingChanged, readAside, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { wholeParameter } from "../infra/db/json-rows";
import { log } from "../infra/log";
import { singleton } from "../infra/singleton";
import { currentSettings } from "../settings/queries";
import { changeStatement } from "./accounts";
import { changesOfCounted } from "./call-rows";
import { grains } from "./domain";
import {
  callsWithoutHold,
  counterStatements,
  errorsOfCalls,
  errorsRead,
  hoursOfCalls,
  hoursRead,
  recentHoursFrom,
  totalStatements,
} from "./totals";

/**
 * Calls are added up by who only reads, so large steps hold up nobody; what is written is a row for each subject and
 * hour, and costs the same for many calls as for few. Whoever asks for numbers has them counted at once.
 */
const countedAtOnce = 50_000;
const countAfterMs = 5_000;

/**
 * Adds the calls that are recorded by now and not counted yet to the counters. How far they have come moves in the
 * same transaction, and only from where it was read: so each call is counted once, however many processes do this.
 */
export function countCalls(): Promise<void> {
  const own = pace();
  // One after the other in this process: what comes in meanwhile is for the next, which all who ask meanwhile share.
  own.next ??= (own.counting ?? Promise.resolve())
    .catch(() => {})
    .then(() => {
      own.next = undefined;
      own.counting = countAll().finally(() => {
        own.counting = undefined;
      });
      return own.counting;
    });
  return own.next;
}

type Head = { position: number; counted: number };

async function readHead(): Promise<Head> {
  const [head] = await readAside<Head>(Prisma.sql`SELECT position, counted FROM usage_head WHERE id = 1`);
  return head ?? { position: 0, counted: 0 };
}

async function countAll(): Promise<void> {
  const head = await readHead();
  const target = head.position;
  let { counted } = head;
  while (counted < target) {
    const upTo = Math.min(target, counted + countedAtOnce);
    try {
      await countStep(counted, upTo);
      counted = upTo;
    } catch (error) {
      if (!(error instanceof NothingChanged)) throw error;
      // Another process was faster; what it left is ours.
      ({ counted } = await readHead());
    }
  }
}

async function countStep(counted: number, upTo: number): Promise<void> {
  // Calls are never changed, so what they add up to can be read before the transaction that writes it down.
  const [hours, errors, unheld] = await Promise.all([
    readAside(hoursOfCalls(counted, upTo)),
    readAside(errorsOfCalls(counted, upTo)),
    readAside(callsWithoutHold(counted, upTo)),
  ]);
  const sums = { hours: hoursRead(hours), errors: errorsRead(errors) };
  const changes = changesOfCounted(unheld);
  await writeAside([
    ...counterStatements(sums),
    ...totalStatements(sums),
    // Late, because calls that are being recorded wait for this row; accounts are changed by who has it.
    {
      sql: Prisma.sql`UPDATE usage_head SET counted = ${wholeParameter(upTo)}
        WHERE id = 1 AND counted = ${wholeParameter(counted)} RETURNING counted`,
      isRequired: true,
    },
    ...(changes.length > 0 ? [changeStatement(changes)] : []),
  ]);
}

type Pace = {
  timer: NodeJS.Timeout | undefined;
  counting: Promise<void> | undefined;
  next: Promise<void> | undefined;
};
const pace = () =>
  singleton<Pace>("usage-pace", () => ({ timer: undefined, counting: undefined, next: undefined }));

/** Calls were recorded: a moment later, and together with those that come until then, they are counted. */
export function countSoon(): void {
  const own = pace();
  own.timer ??= setTimeout(() => {
    own.timer = undefined;
    countCalls().catch((err: unknown) =>
      log().warn({ err }, "calls could not be counted; it is tried again with the next"),
    );
  }, countAfterMs).unref();
}

/** The timer is off, and what it began is over: before the database is closed. */
export async function stopCounting(): Promise<void> {
  const own = pace();
  clearTimeout(own.timer);
  own.timer = undefined;
  await (own.next ?? own.counting)?.catch(() => {});
}

const writersKeptMs = dayMs;

/** Removes what is older than the settings say, in steps. Sums by month are kept for good. */
export async function removeOldUsage(): Promise<void> {
  const { calls_kept_days, hours_kept_days, days_kept_days } = await currentSettings();
  const before = (days: number) => wholeParameter(nowMs() - days * dayMs);
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM usage_calls WHERE position IN (
      SELECT position FROM usage_calls WHERE at < ${before(calls_kept_days)}
        AND position <= (SELECT counted FROM usage_head WHERE id = 1) ORDER BY at LIMIT ${wholeParameter(most)})
    RETURNING 1 AS removed`,
  );
  for (const [grain, days] of [
    // The hours say where the calls of a subject are.
    [grains.hour, Math.max(hours_kept_days, calls_kept_days)],
    [grains.day, days_kept_days],
  ] as const) {
    const old = Prisma.sql`grain = ${wholeParameter(grain)} AND at < ${before(days)}`;
    await removeOldCounters(old);
    await deleteInSteps(
      (most) => Prisma.sql`
      DELETE FROM usage_totals WHERE (grain, about, at, name) IN (
        SELECT grain, about, at, name FROM usage_totals WHERE ${old} LIMIT ${wholeParameter(most)}) RETURNING 1 AS removed`,
    );
    await deleteInSteps(
      (most) => Prisma.sql`
      DELETE FROM usage_error_totals WHERE (grain, at, code) IN (
        SELECT grain, at, code FROM usage_error_totals WHERE ${old} LIMIT ${wholeParameter(most)}) RETURNING 1 AS removed`,
    );
  }
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM usage_totals WHERE (grain, about, at, name) IN (
      SELECT grain, about, at, name FROM usage_totals
      WHERE grain = 1 AND about > 1 AND at < ${wholeParameter(recentHoursFrom() - dayMs)} LIMIT ${wholeParameter(most)})
    RETURNING 1 AS removed`,
  );
  await writeAside([
    { sql: Prisma.sql`DELETE FROM usage_writers WHERE at < ${wholeParameter(nowMs() - writersKeptMs)}` },
  ]);
}

const subjectsAtOnce = 20;

/** Subject by subject, as the tables are sorted; an index by time would cost more than all of this. */
async function removeOldCounters(old: Prisma.Sql): Promise<void> {
  const found = await readAside<{ subject: number }>(
    Prisma.sql`SELECT DISTINCT subject FROM usage_counters WHERE ${old}`,
  );
  for (let from = 0; from < found.length; from += subjectsAtOnce) {
    const subjects = Prisma.join(
      found.slice(from, from + subjectsAtOnce).map(({ subject }) => wholeParameter(subject)),
    );
    await writeAside([
      { sql: Prisma.sql`DELETE FROM usage_counters WHERE ${old} AND subject IN (${subjects})` },
      { sql: Prisma.sql`DELETE FROM usage_error_counters WHERE ${old} AND subject IN (${subjects})` },
    ]);
  }
}
