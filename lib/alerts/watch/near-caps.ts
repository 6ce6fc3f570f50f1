import { now } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { env } from "../../infra/env";
import { dayOf, monthOf } from "../../usage/domain";
import { raiseAlert } from "../commands/raise-alert";
import { type AlertFacts, capStep } from "../domain";

type Account = {
  user_id: string;
  units_used: number;
  units_limit: number | null;
  cost_used: number;
  month_budget: number | null;
  day_used: number;
  day_budget: number | null;
};

/** Who has used three quarters of a limit or more: told at each step, once a month, or once a day. */
export async function lookAtCaps(): Promise<void> {
  const at = now().getTime();
  const [month, day] = [monthOf(at), dayOf(at)];
  for (const account of await nearCaps(month, day)) {
    const limits = [
      { limit: "units", used: account.units_used, of: account.units_limit, period: month },
      { limit: "month_budget", used: account.cost_used, of: account.month_budget, period: month },
      { limit: "day_budget", used: account.day_used, of: account.day_budget, period: day },
    ] as const;
    for (const { of, ...one } of limits) if (of !== null) await raiseIfNear(account.user_id, { ...one, of });
  }
}

type Use = Omit<AlertFacts["quota.near"], "percent" | "currency">;

async function raiseIfNear(userId: string, use: Use): Promise<void> {
  const percent = capStep(use.used, use.of);
  if (percent === null) return;
  await raiseAlert({
    key: `quota.near:${userId}:${use.limit}:${use.period}:${percent}`,
    userId,
    kind: "quota.near",
    level: percent === 100 ? "danger" : percent === 90 ? "warning" : "info",
    facts: { ...use, percent, currency: env().currency },
    object: { type: "user", id: userId },
  });
}

/** By the plan as it is now, extra units included. Divided before it is multiplied: money is counted in billionths. */
const nearCaps = (month: string, day: string): Promise<Account[]> =>
  readAside<Account>(Prisma.sql`
    SELECT a.user_id, a.units_used, p.units_per_month + a.units_granted AS units_limit, a.cost_used,
      p.budget_per_month AS month_budget, CASE WHEN a.day = ${day} THEN a.day_cost_used ELSE 0 END AS day_used,
      p.budget_per_day AS day_budget
    FROM usage_accounts a JOIN users u ON u.id = a.user_id JOIN plans p ON p.id = u.plan_id
    WHERE a.month = ${month} AND u.deleted_at IS NULL AND (
      a.units_used >= (p.units_per_month + a.units_granted) / 4 * 3
      OR a.cost_used >= p.budget_per_month / 4 * 3
      OR (a.day = ${day} AND a.day_cost_used >= p.budget_per_day / 4 * 3))`);
