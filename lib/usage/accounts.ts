import type { Bounds } from "../core/money";
import type { Row, Statement } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonRows, jsonTexts, place, whole, wholeParameter } from "../infra/db/json-rows";
import type { Hold } from "./domain";
import type { Standing } from "./refusal";

/**
 * Takes the head, and so many positions for calls. Every transaction that changes what accounts have used or hold
 * begins with it: they come one after the other, on Postgres too, so what a later statement reads is the truth.
 */
export const takeHead = (calls: number): Statement => ({
  sql: Prisma.sql`UPDATE usage_head SET position = position + ${wholeParameter(calls)} WHERE id = 1 RETURNING position`,
  isRequired: true,
});

export type Ask = {
  hold: Hold;
  bounds: Bounds;
  expiresAt: number;
  taskId: string | null;
};

/** Who had grants before the first call of a month gets them with the row. */
const granted = (userId: Prisma.Sql, month: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT coalesce(sum(g.units), 0) FROM usage_grants AS g WHERE g.user_id = ${userId} AND g.month = ${month})`;

/**
 * Admits what fits, in order: each ask is compared with what is left after those before it, refused ones included.
 * So what is admitted always fits; what is not is looked at again by whoever asked. The first statement answers
 * the holds that were made, the second how each account stands after it.
 */
export function askStatements(asks: readonly Ask[]): [Statement, Statement] {
  const before = new Map<string, { units: number; cost: number }>();
  const rows = jsonRows(
    asks.map(({ hold, bounds, expiresAt, taskId }) => {
      const key = `${hold.userId} ${hold.month}`;
      const sum = before.get(key) ?? { units: 0, cost: 0 };
      sum.units += hold.units;
      sum.cost += hold.cost;
      before.set(key, sum);
      const { unitsPerMonth, budgetPerMonth, budgetPerDay } = bounds;
      return [
        ...[hold.id, hold.userId, hold.month, hold.day, hold.units, hold.cost, expiresAt, taskId],
        ...[sum.units, sum.cost, unitsPerMonth, budgetPerMonth, budgetPerDay],
      ];
    }),
  );
  const all = Prisma.sql`
    (SELECT ${place(0)} AS id, ${place(1)} AS user_id, ${place(2)} AS month, ${place(3)} AS day,
      ${whole(4)} AS units, ${whole(5)} AS cost, ${whole(6)} AS expires_at, ${place(7)} AS task_id,
      ${whole(8)} AS units_sum, ${whole(9)} AS cost_sum, ${whole(10)} AS units_limit, ${whole(11)} AS cost_limit,
      ${whole(12)} AS day_cost_limit
    FROM ${rows}) AS ask`;
  const admit = Prisma.sql`
    INSERT INTO usage_reservations (id, user_id, month, day, units, cost, expires_at, task_id)
    SELECT ask.id, ask.user_id, ask.month, CASE WHEN a.day > ask.day THEN a.day ELSE ask.day END, ask.units,
      ask.cost, ask.expires_at, ask.task_id
    FROM ${all} LEFT JOIN usage_accounts AS a ON a.user_id = ask.user_id AND a.month = ask.month
    WHERE (ask.units_limit IS NULL OR coalesce(a.units_used + a.units_reserved, 0) + ask.units_sum
        <= ask.units_limit + coalesce(a.units_granted, ${granted(Prisma.sql`ask.user_id`, Prisma.sql`ask.month`)}))
      AND (ask.cost_limit IS NULL
        OR coalesce(a.cost_used + a.cost_reserved, 0) + ask.cost_sum <= ask.cost_limit)
      AND (ask.day_cost_limit IS NULL
        OR CASE WHEN a.day >= ask.day THEN a.day_cost_used + a.day_cost_reserved ELSE 0 END + ask.cost_sum
          <= ask.day_cost_limit)
    RETURNING id, day`;
  const hold = Prisma.sql`
    INSERT INTO usage_accounts (user_id, month, units_used, units_reserved, units_granted, cost_used, cost_reserved,
      day, day_cost_used, day_cost_reserved, units_limit, cost_limit, day_cost_limit)
    SELECT ask.user_id, ask.month, 0, coalesce(sum(r.units), 0),
      ${granted(Prisma.sql`ask.user_id`, Prisma.sql`ask.month`)}, 0, coalesce(sum(r.cost), 0), max(ask.day), 0,
      coalesce(sum(r.cost), 0), max(ask.units_limit), max(ask.cost_limit), max(ask.day_cost_limit)
    FROM ${all} LEFT JOIN usage_reservations AS r ON r.id = ask.id
    WHERE true GROUP BY ask.user_id, ask.month
    ON CONFLICT (user_id, month) DO UPDATE SET
      units_reserved = usage_accounts.units_reserved + excluded.units_reserved,
      cost_reserved = usage_accounts.cost_reserved + excluded.cost_reserved,
      day_cost_used = CASE WHEN excluded.day > usage_accounts.day THEN 0 ELSE usage_accounts.day_cost_used END,
      day_cost_reserved = excluded.day_cost_reserved
        + CASE WHEN excluded.day > usage_accounts.day THEN 0 ELSE usage_accounts.day_cost_reserved END,
      day = CASE WHEN excluded.day > usage_accounts.day THEN excluded.day ELSE usage_accounts.day END,
      units_limit = excluded.units_limit, cost_limit = excluded.cost_limit, day_cost_limit = excluded.day_cost_limit
    RETURNING user_id, month, units_used, units_reserved, units_granted, cost_used, cost_reserved, day_cost_used,
      day_cost_reserved`;
  return [{ sql: admit }, { sql: hold }];
}

export const standingOf = (row: Row): Standing => ({
  unitsUsed: Number(row.units_used),
  unitsReserved: Number(row.units_reserved),
  unitsGranted: Number(row.units_granted),
  costUsed: Number(row.cost_used),
  costReserved: Number(row.cost_reserved),
  dayCostUsed: Number(row.day_cost_used),
  dayCostReserved: Number(row.day_cost_reserved),
});

/** What calls that ended mean for an account: so much was used, and so much that was held is given back. */
export type Change = {
  userId: string;
  month: string;
  day: string;
  units: number;
  cost: number;
  dayCost: number;
  unitsBack: number;
  costBack: number;
  dayCostBack: number;
};

/** One row for each account: Postgres refuses to change a row twice in one statement. */
export const changeStatement = (changes: readonly Change[]): Statement => ({
  sql: Prisma.sql`
    INSERT INTO usage_accounts (user_id, month, units_used, units_reserved, units_granted, cost_used, cost_reserved,
      day, day_cost_used, day_cost_reserved, units_limit, cost_limit, day_cost_limit)
    SELECT ${place(0)}, ${place(1)}, ${whole(3)}, ${whole(6)},
      ${granted(place(0), place(1))}, ${whole(4)}, ${whole(7)}, ${place(2)}, ${whole(5)}, ${whole(8)},
      NULL, NULL, NULL
    FROM ${jsonRows(
      changes.map((one) => [
        ...[one.userId, one.month, one.day, one.units, one.cost, one.dayCost],
        ...[-one.unitsBack, -one.costBack, -one.dayCostBack],
      ]),
    )} WHERE true
    ON CONFLICT (user_id, month) DO UPDATE SET
      units_used = usage_accounts.units_used + excluded.units_used,
      units_reserved = usage_accounts.units_reserved + excluded.units_reserved,
      cost_used = usage_accounts.cost_used + excluded.cost_used,
      cost_reserved = usage_accounts.cost_reserved + excluded.cost_reserved,
      day_cost_used = CASE WHEN excluded.day > usage_accounts.day THEN excluded.day_cost_used
        WHEN excluded.day = usage_accounts.day THEN usage_accounts.day_cost_used + excluded.day_cost_used
        ELSE usage_accounts.day_cost_used END,
      day_cost_reserved = CASE WHEN excluded.day > usage_accounts.day THEN 0
        WHEN excluded.day = usage_accounts.day THEN usage_accounts.day_cost_reserved + excluded.day_cost_reserved
        ELSE usage_accounts.day_cost_reserved END,
      day = CASE WHEN excluded.day > usage_accounts.day THEN excluded.day ELSE usage_accounts.day END`,
});

/** Nothing of the whole is written unless all of these holds are still there. */
export const needHolds = (ids: readonly string[]): Statement => ({
  sql: Prisma.sql`SELECT count(*) AS held FROM usage_reservations WHERE id IN ${jsonTexts(ids)}
    HAVING count(*) = ${wholeParameter(ids.length)}`,
  isRequired: true,
});

export const dropHolds = (ids: readonly string[]): Statement => ({
  sql: Prisma.sql`DELETE FROM usage_reservations WHERE id IN ${jsonTexts(ids)}`,
});

/** Takes what some holds hold from their accounts, and the holds away. */
function giveBack(which: Prisma.Sql): Statement[] {
  return [
    {
      sql: Prisma.sql`
        UPDATE usage_accounts SET units_reserved = units_reserved - held.units,
          cost_reserved = cost_reserved - held.cost, day_cost_reserved = day_cost_reserved - held.day_cost
        FROM (
          SELECT r.user_id, r.month, CAST(sum(r.units) AS BIGINT) AS units, CAST(sum(r.cost) AS BIGINT) AS cost,
            CAST(sum(CASE WHEN r.day = a.day THEN r.cost ELSE 0 END) AS BIGINT) AS day_cost
          FROM usage_reservations AS r JOIN usage_accounts AS a ON a.user_id = r.user_id AND a.month = r.month
          WHERE ${which} GROUP BY r.user_id, r.month
        ) AS held
        WHERE usage_accounts.user_id = held.user_id AND usage_accounts.month = held.month`,
    },
    { sql: Prisma.sql`DELETE FROM usage_reservations AS r WHERE ${which}` },
  ];
}

/** A hold for many calls: see `leases.ts`. */
export const isLease = Prisma.sql`substr(id, 1, 4) = 'lse_'`;

/** Of leases only when every call of the user is counted: what the calls used has to be in the account before. */
export const giveBackExpired = (at: number): Statement[] =>
  giveBack(Prisma.sql`r.expires_at <= ${wholeParameter(at)} AND (substr(r.id, 1, 4) <> 'lse_' OR NOT EXISTS (
    SELECT 1 FROM usage_calls AS c JOIN usage_subjects AS s ON s.number = c.subject
    WHERE c.position > (SELECT counted FROM usage_head WHERE id = 1) AND c.is_held = 0 AND c.units > 0 AND s.user_id = r.user_id))`);

export const giveBackHold = (id: string): Statement[] => giveBack(Prisma.sql`r.id = ${id}`);

/** Of a hold that several calls share, what those that ended now held of it. */
export function giveBackParts(parts: readonly Hold[]): Statement[] {
  const sums = new Map<string, { units: number; cost: number }>();
  for (const { id, units, cost } of parts) {
    const sum = sums.get(id) ?? { units: 0, cost: 0 };
    sums.set(id, { units: sum.units + units, cost: sum.cost + cost });
  }
  const rows = jsonRows([...sums].map(([id, { units, cost }]) => [id, units, cost]));
  // What is given back is what the hold has less than before, so nothing gets below zero.
  const part = Prisma.sql`
    (SELECT r.id, r.user_id, r.month, r.day,
      CASE WHEN r.units < p.units THEN r.units ELSE p.units END AS units,
      CASE WHEN r.cost < p.cost THEN r.cost ELSE p.cost END AS cost
    FROM (SELECT ${place(0)} AS id, ${whole(1)} AS units, ${whole(2)} AS cost FROM ${rows}) AS p
      JOIN usage_reservations AS r ON r.id = p.id) AS part`;
  return [
    {
      sql: Prisma.sql`
        UPDATE usage_accounts SET units_reserved = units_reserved - held.units,
          cost_reserved = cost_reserved - held.cost, day_cost_reserved = day_cost_reserved - held.day_cost
        FROM (
          SELECT part.user_id, part.month, CAST(sum(part.units) AS BIGINT) AS units,
            CAST(sum(part.cost) AS BIGINT) AS cost,
            CAST(sum(CASE WHEN part.day = a.day THEN part.cost ELSE 0 END) AS BIGINT) AS day_cost
          FROM ${part} JOIN usage_accounts AS a ON a.user_id = part.user_id AND a.month = part.month
          GROUP BY part.user_id, part.month
        ) AS held
        WHERE usage_accounts.user_id = held.user_id AND usage_accounts.month = held.month`,
    },
    {
      sql: Prisma.sql`
        UPDATE usage_reservations SET units = usage_reservations.units - part.units,
          cost = usage_reservations.cost - part.cost
        FROM ${part} WHERE usage_reservations.id = part.id`,
    },
  ];
}
