import type { z } from "zod";
import { type Actor, requireAdmin } from "../../core/actor";
import { asMoney } from "../../core/money";
import { nowMs } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { wholeParameter } from "../../infra/db/json-rows";
import { dayOf, monthOf } from "../domain";
import type { nearCapQuery, nearCapView } from "../schema";

type NearCap = z.infer<typeof nearCapView>["items"][number];

type Found = {
  id: string;
  name: string;
  email: string;
  plan_id: string;
  limit_name: "month_units" | "month_budget" | "day_budget";
  used: number;
  most: number;
};

const shownMax = 100;

/** Who has used up so much of a limit, the nearest first. */
export async function nearCap(actor: Actor, { percent }: z.output<typeof nearCapQuery>): Promise<NearCap[]> {
  requireAdmin(actor);
  return (await findNearCaps(percent, nowMs(), shownMax)).map(nearCapOf);
}

/**
 * By the plans as they are now, extra units included. What running calls hold does not count: most of it is given
 * back.
 */
export function findNearCaps(percent: number, at: number, most?: number): Promise<Found[]> {
  const near = (name: Found["limit_name"], used: Prisma.Sql, limit: Prisma.Sql, where = Prisma.empty) =>
    Prisma.sql`
      SELECT u.id, u.name, u.email, u.plan_id, CAST(${name} AS TEXT) AS limit_name,
        ${used} AS used, ${limit} AS most
      FROM usage_accounts AS a JOIN users AS u ON u.id = a.user_id JOIN plans AS p ON p.id = u.plan_id
      WHERE a.month = ${monthOf(at)} AND u.deleted_at IS NULL AND ${limit} > 0
        AND ${used} * 100 >= ${limit} * ${wholeParameter(percent)} ${where}`;
  return readAside<Found>(Prisma.sql`
    SELECT * FROM (
      ${near("month_units", Prisma.sql`a.units_used`, Prisma.sql`(p.units_per_month + a.units_granted)`)}
      UNION ALL
      ${near("month_budget", Prisma.sql`a.cost_used`, Prisma.sql`p.budget_per_month`)}
      UNION ALL
      ${near(
        "day_budget",
        Prisma.sql`a.day_cost_used`,
        Prisma.sql`p.budget_per_day`,
        Prisma.sql`AND a.day = ${dayOf(at)}`,
      )}
    ) AS near
    ORDER BY used * 1.0 / most DESC, id, limit_name ${most === undefined ? Prisma.empty : Prisma.sql`LIMIT ${most}`}`);
}

function nearCapOf({ id, name, email, plan_id, limit_name, used, most }: Found): NearCap {
  const shown = (value: number) => (limit_name === "month_units" ? value : asMoney(value));
  return {
    user: { id, name, email, plan: plan_id },
    limit_name,
    used: shown(used),
    limit: shown(most),
    percent: Math.floor((used / most) * 100),
  };
}
