import type { z } from "zod";
import { moneyText } from "@/app/_usage/usage-words";
import { formatNumber } from "@/app/admin/_parts/count";
import type { TaskEstimate } from "@/lib/tasks/schema";
import type { limitsLeftView } from "@/lib/usage/schema";

export type LimitsLeft = z.infer<typeof limitsLeftView>;

const terms = {
  month_units: "Units left this month",
  month_budget: "Budget left this month",
  day_budget: "Budget left today",
} as const;

const isTerm = (name: string): name is keyof typeof terms => Object.hasOwn(terms, name);

/** What would be left of each limit of the plan once the task is paid, at the most it can cost. */
export function leftAfter({ limits, currency }: LimitsLeft, { units, cost_max }: TaskEstimate) {
  return limits.flatMap(({ name, limit, remaining }) => {
    if (!isTerm(name) || limit === null || remaining === null) return [];
    const isMoney = name !== "month_units";
    const words = (value: number) => (isMoney ? moneyText(value, currency) : formatNumber(value));
    const left = Math.max(0, remaining - (isMoney ? cost_max : units));
    return [{ term: terms[name], text: `${words(left)} of ${words(limit)}` }];
  });
}
