import { type Actor, type CallLimits, requireAdmin } from "../core/actor";
import { AppError } from "../core/errors";
import type { Terms } from "../core/money";
import { secondMs } from "../core/time";
import { everything, onChange } from "../infra/bus";
import { nowMs } from "../infra/clock";
import { type Database, db } from "../infra/db/client";
import { singleton } from "../infra/singleton";
import { termsOf } from "./domain";

const userCount = { _count: { select: { users: { where: { deletedAt: null } } } } } as const;

export const listPlans = () => db().plan.findMany({ orderBy: { id: "asc" }, include: userCount });

export async function getPlan(actor: Actor, id: string, database: Database = db()) {
  requireAdmin(actor);
  const plan = await database.plan.findUnique({ where: { id }, include: userCount });
  // `plan.not_found` is for a wrong value in an input; this is a wrong address.
  if (!plan) throw new AppError("route.not_found", { detail: "There is no such plan." });
  return plan;
}

/** Plans that bound neither calls nor money, and how many members are on each; others are not named. */
export async function listUnlimitedPlans(actor: Actor) {
  requireAdmin(actor);
  const plans = await db().plan.findMany({
    where: {
      perMinute: null,
      perHour: null,
      concurrency: null,
      unitsPerMonth: null,
      budgetPerMonth: null,
      budgetPerDay: null,
    },
    orderBy: { id: "asc" },
    select: {
      id: true,
      name: true,
      _count: { select: { users: { where: { role: "member", deletedAt: null, disabledAt: null } } } },
    },
  });
  return plans
    .map(({ id, name, _count }) => ({ id, name, members: _count.users }))
    .filter(({ members }) => members > 0);
}

/** What a plan allows, and what it charges. */
export type PlanTerms = CallLimits & Terms;
type Kept = { terms: PlanTerms | Promise<PlanTerms>; at: number };

/** Forgotten as soon as a change is announced; what another process changes is known within the second. */
const keptMs = secondMs;
const keptPlans = () =>
  singleton("plan-terms", () => {
    const kept = new Map<string, Kept>();
    onChange((ids) => {
      if (ids.includes(everything)) kept.clear();
      for (const id of ids) kept.delete(id);
    });
    return kept;
  });

/**
 * The limits and prices of a plan for every counted call: at once when they are known, which is nearly always.
 * A read that was overtaken by a change is answered to its caller and not kept.
 */
export function currentPlan(id: string): PlanTerms | Promise<PlanTerms> {
  const plans = keptPlans();
  const found = plans.get(id);
  const at = nowMs();
  if (found && Math.abs(at - found.at) < keptMs) return found.terms;
  const reading: Kept = { terms: readTerms(id), at };
  plans.set(id, reading);
  const finish = (terms: PlanTerms | null) => {
    if (plans.get(id) !== reading) return;
    if (terms) reading.terms = terms;
    else plans.delete(id);
  };
  Promise.resolve(reading.terms).then(finish, () => finish(null));
  return reading.terms;
}

/** A real promise: one of Prisma's asks the database again for everybody who waits for it. */
async function readTerms(id: string): Promise<PlanTerms> {
  const plan = await db().plan.findUniqueOrThrow({ where: { id } });
  const { perMinute, perHour, concurrency } = plan;
  return { perMinute, perHour, concurrency, ...termsOf(plan) };
}
