import type { z } from "zod";
import { type Actor, requireAdmin, type UserActor } from "../../core/actor";
import { asMoney } from "../../core/money";
import { dayMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { planConcurrency, planPolicies } from "../../limits/domain";
import { countRunning, lookAtCalls } from "../../limits/limiter";
import { currentPlan, type PlanTerms } from "../../plans/queries";
import { getUser } from "../../users/queries";
import { dayOf, grainStart, monthOf, nextMonthStart } from "../domain";
import type { Standing } from "../refusal";
import type { LimitView, limitsLeftView } from "../schema";

type LimitsLeft = z.infer<typeof limitsLeftView>;

/** What is left of each limit of one's plan. Asking counts nothing. */
export const limitsLeft = (actor: UserActor): Promise<LimitsLeft> =>
  limitsOf(actor.user.id, actor.user.planId);

/** The same of somebody else, for administrators. */
export async function limitsLeftOf(actor: Actor, userId: string): Promise<LimitsLeft> {
  requireAdmin(actor);
  const user = await getUser(actor, userId);
  return limitsOf(user.id, user.planId);
}

async function limitsOf(userId: string, planId: string): Promise<LimitsLeft> {
  const plan = await currentPlan(planId);
  const at = nowMs();
  const [standing, calls] = await Promise.all([readStanding(userId, at), callLimits(userId, plan)]);
  return {
    plan: planId,
    currency: env().currency,
    units_granted: standing.unitsGranted,
    limits: [...calls, ...monthLimits(plan, standing, at)],
  };
}

/** Calls in a minute, in an hour and at once, as the limiter sees them now. */
export async function callLimits(userId: string, plan: PlanTerms): Promise<LimitView[]> {
  const policies = planPolicies(userId, plan);
  const [standings, running] = await Promise.all([
    lookAtCalls(policies),
    countRunning(planConcurrency(userId, plan)),
  ]);
  const windowOf = (name: "minute" | "hour", limit: number | null): LimitView => {
    const standing = standings.find(({ policy }) => policy.name === `plan-${name}`);
    const remaining = standing?.remaining ?? null;
    const freesAt = standing?.resetMs ? nowMs() + standing.resetMs : null;
    return limitView({ name, limit, used: (limit ?? 0) - (remaining ?? 0), reserved: 0, freesAt });
  };
  const [atOnce = 0] = running;
  return [
    windowOf("minute", plan.perMinute),
    windowOf("hour", plan.perHour),
    limitView({ name: "concurrency", limit: plan.concurrency, used: atOnce, reserved: 0, freesAt: null }),
  ];
}

type Stand = {
  name: LimitView["name"];
  limit: number | null;
  used: number;
  reserved: number;
  freesAt: number | null;
};

const limitView = ({ name, limit, used, reserved, freesAt }: Stand): LimitView => ({
  name,
  limit,
  used,
  reserved,
  remaining: limit === null ? null : Math.max(0, limit - used - reserved),
  frees_at:
    freesAt === null || limit === null || used + reserved === 0 ? null : new Date(freesAt).toISOString(),
});

/** Each limit of the month and the day; units as they are, money as people write it. */
function monthLimits(plan: PlanTerms, standing: Standing, at: number): LimitView[] {
  const { unitsPerMonth, budgetPerMonth, budgetPerDay } = plan.bounds;
  const units = unitsPerMonth === null ? null : unitsPerMonth + standing.unitsGranted;
  const { unitsUsed, unitsReserved, costUsed, costReserved, dayCostUsed, dayCostReserved } = standing;
  const month = nextMonthStart(monthOf(at));
  const day = grainStart("day", at) + dayMs;
  return [
    limitView({
      name: "month_units",
      limit: units,
      used: unitsUsed,
      reserved: unitsReserved,
      freesAt: month,
    }),
    moneyView({
      name: "month_budget",
      limit: budgetPerMonth,
      used: costUsed,
      reserved: costReserved,
      freesAt: month,
    }),
    moneyView({
      name: "day_budget",
      limit: budgetPerDay,
      used: dayCostUsed,
      reserved: dayCostReserved,
      freesAt: day,
    }),
  ];
}

/** Subtracted before it becomes a fraction, so that 0.3 - 0.1 is 0.2. */
function moneyView(stand: Stand): LimitView {
  const { limit, used, reserved, remaining, ...view } = limitView(stand);
  const shown = (nanos: number | null) => (nanos === null ? null : asMoney(nanos));
  return {
    ...view,
    limit: shown(limit),
    used: asMoney(used),
    reserved: asMoney(reserved),
    remaining: shown(remaining),
  };
}

/** Held is what living reservations hold: of those that expired the account may not have heard yet. */
export async function readStanding(userId: string, at: number): Promise<Standing> {
  const [month, day] = [monthOf(at), dayOf(at)];
  const [account, held] = await Promise.all([
    db().usageAccount.findUnique({ where: { userId_month: { userId, month } } }),
    db().usageReservation.groupBy({
      by: ["day"],
      where: { userId, month, expiresAt: { gt: BigInt(at) } },
      _sum: { units: true, cost: true },
    }),
  ]);
  const sum = (member: "units" | "cost", of = held) =>
    of.reduce((total, { _sum }) => total + Number(_sum[member] ?? 0), 0);
  const isToday = account?.day === day;
  return {
    unitsGranted: Number(account?.unitsGranted ?? 0),
    unitsUsed: Number(account?.unitsUsed ?? 0),
    unitsReserved: sum("units"),
    costUsed: Number(account?.costUsed ?? 0),
    costReserved: sum("cost"),
    dayCostUsed: isToday ? Number(account.dayCostUsed) : 0,
    dayCostReserved: sum(
      "cost",
      held.filter((one) => one.day === day),
    ),
  };
}
