import { dayMs, hourMs, minuteMs } from "../../core/time";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { env } from "../../infra/env";
import type { CallRow } from "../domain";
import { subjectsOf, type Whose } from "./read-sums";
import type { Range } from "./report-range";

export type CallFilter = Whose & { outcome?: "succeeded" | "failed" | undefined };
/** The last call that was read: the next ones come after it. */
export type CallPlace = { at: number; id: string };
type Order = "oldest first" | "newest first";

/** How much of the time is looked at in one statement: calls of many subjects are sorted within it. */
const firstWindowMs = minuteMs;
const windowMsMax = 32 * dayMs;
const big = (value: number) => Prisma.sql`CAST(${value} AS BIGINT)`;

/**
 * So many calls of a range, in bounded steps: a window of time that grows while it yields little, so that a user with
 * few calls needs few steps and one with millions never sorts them all.
 */
export async function readCalls(
  filter: CallFilter,
  range: Range,
  order: Order,
  after: CallPlace | null,
  limit: number,
): Promise<CallRow[]> {
  const found: CallRow[] = [];
  let { from, to } = range;
  if (after && order === "newest first") to = Math.min(to, after.at + 1);
  if (after && order === "oldest first") from = Math.max(from, after.at);
  for (let windowMs = firstWindowMs; from < to && found.length < limit; ) {
    const window =
      order === "newest first"
        ? { from: Math.max(from, to - windowMs), to }
        : { from, to: Math.min(to, from + windowMs) };
    found.push(...(await readWindow(filter, window, order, after, limit - found.length)));
    if (order === "newest first") to = window.from;
    else from = window.to;
    windowMs = Math.min(windowMsMax, windowMs * 4);
  }
  return found;
}

const outcomes = {
  succeeded: Prisma.sql`c.code IS NULL`,
  failed: Prisma.sql`c.code IS NOT NULL`,
};

async function readWindow(
  { outcome, ...whose }: CallFilter,
  { from, to }: Range,
  order: Order,
  after: CallPlace | null,
  limit: number,
): Promise<CallRow[]> {
  const isEveryone = whose.userId === undefined && whose.keyId === undefined && whose.model === undefined;
  // SQLite joins in the order that CROSS JOIN says: from few subjects and the hours in which they called to their
  // calls, or through time.
  const tables = isEveryone
    ? Prisma.sql`usage_calls c CROSS JOIN usage_subjects s`
    : Prisma.sql`usage_subjects s CROSS JOIN usage_counters k CROSS JOIN usage_calls c`;
  const isNewestFirst = order === "newest first";
  const place = after ?? { at: 0, id: "" };
  const beyond = isNewestFirst
    ? Prisma.sql`(c.at, c.id) < (${big(place.at)}, ${place.id})`
    : Prisma.sql`(c.at, c.id) > (${big(place.at)}, ${place.id})`;
  const isSqlite = env().database === "sqlite";
  const later = isSqlite ? Prisma.sql`max` : Prisma.sql`greatest`;
  const earlier = isSqlite ? Prisma.sql`min` : Prisma.sql`least`;
  const conditions = [
    Prisma.sql`c.subject = s.number`,
    ...(isEveryone
      ? [Prisma.sql`c.at >= ${big(from)} AND c.at < ${big(to)}`]
      : [
          Prisma.sql`k.grain = 1 AND k.subject = s.number AND k.at > ${big(from - hourMs)} AND k.at < ${big(to)}`,
          // One bound on each side: of two, SQLite would look through the wider.
          Prisma.sql`c.at >= ${later}(k.at, ${big(from)}) AND c.at < ${earlier}(k.at + ${big(hourMs)}, ${big(to)})`,
          // Hours without a failure need not be looked at for one.
          ...(outcome === "failed" ? [Prisma.sql`k.failures > 0`] : []),
          subjectsOf(whose),
        ]),
    ...(outcome ? [outcomes[outcome]] : []),
    ...(after ? [beyond] : []),
  ];
  const rows = await readAside(Prisma.sql`
    SELECT c.id, c.at, s.user_id, s.key_id, m.name AS model, c.version, c.code, c.rows, c.units, c.cost, c.tokens,
      c.queue_us, c.work_us
    FROM ${tables} LEFT JOIN models m ON m.id = s.model_id
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${isNewestFirst ? Prisma.sql`c.at DESC, c.id DESC` : Prisma.sql`c.at, c.id`} LIMIT ${limit}`);
  return rows.map((row) => ({
    id: String(row.id),
    at: Number(row.at),
    userId: String(row.user_id),
    keyId: String(row.key_id),
    model: String(row.model),
    version: Number(row.version),
    code: row.code === null ? null : String(row.code),
    rows: Number(row.rows),
    units: Number(row.units),
    cost: Number(row.cost),
    tokens: Number(row.tokens),
    queueUs: Number(row.queue_us),
    workUs: Number(row.work_us),
  }));
}
