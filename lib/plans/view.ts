import type { z } from "zod";
import type { CallLimits } from "../core/actor";
import { asMoney } from "../core/money";
import { type StoredTerms, termsOf } from "./domain";
import type { limitsView as limitsShape, PlanView } from "./schema";

export const limitsView = (limits: CallLimits): z.infer<typeof limitsShape> => ({
  per_minute: limits.perMinute,
  per_hour: limits.perHour,
  concurrency: limits.concurrency,
});

const nullable = (nanos: number | null): number | null => (nanos === null ? null : asMoney(nanos));

export function termsView(plan: StoredTerms): Pick<PlanView, "quota" | "prices"> {
  const { bounds, prices } = termsOf(plan);
  return {
    quota: {
      units_per_month: bounds.unitsPerMonth,
      budget_per_month: nullable(bounds.budgetPerMonth),
      budget_per_day: nullable(bounds.budgetPerDay),
    },
    prices: {
      per_call: asMoney(prices.perCall),
      per_row: asMoney(prices.perRow),
      per_compute_ms: asMoney(prices.perMs),
      per_token: asMoney(prices.perToken),
    },
  };
}

type Plan = CallLimits & StoredTerms & { id: string; name: string; description: string };

export const planView = (plan: Plan & { _count: { users: number } }): PlanView => ({
  id: plan.id,
  name: plan.name,
  description: plan.description,
  limits: limitsView(plan),
  ...termsView(plan),
  users: plan._count.users,
});
