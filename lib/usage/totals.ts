import { dayMs } from "../core/time";
import { nowMs } from "../infra/clock";
import type { Row, Statement } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonRows, place, whole, wholeParameter } from "../infra/db/json-rows";
import { env } from "../infra/env";
import { addSums, sumColumns, sumNames, sumsOfCalls, sumsOfSums } from "./sums";

const hour = Prisma.sql`3600000`;
const day = Prisma.sql`86400000`;

/** When the month began that `at` lies in, in UTC. */
const monthOfAt = () =>
  env().database === "sqlite"
    ? Prisma.sql`CAST(strftime('%s', p.at / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`
    : Prisma.sql`CAST(extract(epoch FROM date_trunc('month', to_timestamp(p.at / 1000) AT TIME ZONE 'UTC')) AS BIGINT) * 1000`;

/** The beginning of the hour (1), day (2) or month (3) by `g.grain`. */
const startByGrain = () =>
  Prisma.sql`CASE g.grain WHEN 1 THEN p.at WHEN 2 THEN p.at - p.at % ${day} ELSE ${monthOfAt()} END`;

const hourColumns = ["subject", "at", ...sumNames];

/** The calls of some positions, added up by subject and hour: far fewer rows, which everything else is made of. */
export const hoursOfCalls = (after: number, upTo: number): Prisma.Sql => Prisma.sql`
  SELECT c.subject, c.at - c.at % ${hour} AS at, ${sumsOfCalls}
  FROM (SELECT *, queue_us + work_us AS us FROM usage_calls
    WHERE position > ${wholeParameter(after)} AND position <= ${wholeParameter(upTo)}) c
  GROUP BY c.subject, c.at - c.at % ${hour}`;

export const errorsOfCalls = (after: number, upTo: number): Prisma.Sql => Prisma.sql`
  SELECT c.subject, c.at - c.at % ${hour} AS at, c.code, count(*) AS calls
  FROM usage_calls c WHERE c.code IS NOT NULL
    AND c.position > ${wholeParameter(after)} AND c.position <= ${wholeParameter(upTo)}
  GROUP BY c.subject, c.at - c.at % ${hour}, c.code`;

/** What their users' accounts do not know of yet, by day. */
export const callsWithoutHold = (after: number, upTo: number): Prisma.Sql => Prisma.sql`
  SELECT s.user_id, c.at - c.at % ${day} AS at, sum(c.units) AS units, sum(c.cost) AS cost
  FROM usage_calls c JOIN usage_subjects s ON s.number = c.subject
  WHERE c.is_held = 0 AND c.units > 0
    AND c.position > ${wholeParameter(after)} AND c.position <= ${wholeParameter(upTo)}
  GROUP BY s.user_id, c.at - c.at % ${day}`;

/** What was read by the first two, as rows of a statement again. */
export const hoursRead = (rows: readonly Row[]): Prisma.Sql => Prisma.sql`
  SELECT ${Prisma.join(hourColumns.map((_, index) => whole(index)))}
  FROM ${jsonRows(rows.map((row) => hourColumns.map((name) => Number(row[name]))))}`;

export const errorsRead = (rows: readonly Row[]): Prisma.Sql => Prisma.sql`
  SELECT ${whole(0)}, ${whole(1)}, ${place(2)}, ${whole(3)}
  FROM ${jsonRows(rows.map((row) => [Number(row.subject), Number(row.at), String(row.code), Number(row.calls)]))}`;

/**
 * Hours by user and by key are asked for of the last day, and would be most of all rows: they are only kept for so
 * long. Older ones are added up from the counters of each subject.
 */
export const recentHoursFrom = (): number => nowMs() - 2 * dayMs;

const allGrains = Prisma.sql`(SELECT 1 AS grain UNION ALL SELECT 2 UNION ALL SELECT 3) g`;

/** Calls that are added up by subject and hour, and their errors. */
export type Counted = { hours: Prisma.Sql; errors: Prisma.Sql };

/**
 * Adds them to the totals over everyone. In the transaction that adds them to the counters, or the two would part
 * for ever.
 */
export function totalStatements(counted: Counted): Statement[] {
  const about = Prisma.sql`CASE a.about WHEN 1 THEN s.model_id WHEN 2 THEN s.user_id ELSE s.key_id END`;
  return [
    {
      sql: Prisma.sql`WITH p (subject, at, ${sumColumns}) AS MATERIALIZED (${counted.hours})
        INSERT INTO usage_totals AS t (grain, about, at, name, ${sumColumns})
        SELECT g.grain, a.about, ${startByGrain()}, ${about}, ${sumsOfSums}
        FROM p JOIN usage_subjects s ON s.number = p.subject
          CROSS JOIN ${allGrains} CROSS JOIN (SELECT 1 AS about UNION ALL SELECT 2 UNION ALL SELECT 3) a
        WHERE g.grain > 1 OR a.about = 1 OR p.at >= CAST(${BigInt(recentHoursFrom())} AS BIGINT)
        GROUP BY 1, 2, 3, 4
        ON CONFLICT (grain, about, at, name) DO UPDATE SET ${addSums}`,
    },
    {
      sql: Prisma.sql`WITH p (subject, at, code, calls) AS MATERIALIZED (${counted.errors})
        INSERT INTO usage_error_totals AS t (grain, at, code, calls)
        SELECT g.grain, ${startByGrain()}, p.code, CAST(sum(p.calls) AS BIGINT) FROM p CROSS JOIN ${allGrains}
        WHERE true GROUP BY 1, 2, 3
        ON CONFLICT (grain, at, code) DO UPDATE SET calls = t.calls + excluded.calls`,
    },
  ];
}

/** The same for the counters of each subject. */
export function counterStatements(counted: Counted): Statement[] {
  return [
    {
      sql: Prisma.sql`WITH p (subject, at, ${sumColumns}) AS MATERIALIZED (${counted.hours})
        INSERT INTO usage_counters AS t (grain, subject, at, ${sumColumns})
        SELECT g.grain, p.subject, ${startByGrain()}, ${sumsOfSums} FROM p CROSS JOIN ${allGrains}
        WHERE true GROUP BY 1, 2, 3
        ON CONFLICT (grain, subject, at) DO UPDATE SET ${addSums}`,
    },
    {
      sql: Prisma.sql`WITH p (subject, at, code, calls) AS MATERIALIZED (${counted.errors})
        INSERT INTO usage_error_counters AS t (grain, subject, at, code, calls)
        SELECT g.grain, p.subject, ${startByGrain()}, p.code, CAST(sum(p.calls) AS BIGINT) FROM p CROSS JOIN ${allGrains}
        WHERE true GROUP BY 1, 2, 3, 4
        ON CONFLICT (grain, subject, at, code) DO UPDATE SET calls = t.calls + excluded.calls`,
    },
  ];
}
