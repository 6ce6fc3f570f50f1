import type { LimitView } from "@/lib/usage/schema";

type LimitWords = { label: string; isMoney?: boolean; period: string };

/** What each limit is called, and of what time or thing it is. */
export const limitWords: Record<LimitView["name"], LimitWords> = {
  minute: { label: "Calls in a minute", period: "in a minute" },
  hour: { label: "Calls in an hour", period: "in an hour" },
  concurrency: { label: "Calls at once", period: "at the same time" },
  month_units: { label: "Units this month", period: "this month" },
  month_budget: { label: "Budget of this month", isMoney: true, period: "this month" },
  day_budget: { label: "Budget of today", isMoney: true, period: "today" },
};

const full = 100;
const near = 75;

/** How far it is used up, with what running calls hold of it; whole percents, and 100 only when nothing is left. */
export function percentOf({ limit, remaining }: Pick<LimitView, "limit" | "remaining">): number {
  if (limit === null || remaining === null) return 0;
  if (remaining <= 0) return full;
  return Math.min(full - 1, Math.floor(((limit - remaining) / limit) * full));
}

export type LimitState = "free" | "near" | "full";
export const stateOf = (percent: number): LimitState =>
  percent >= full ? "full" : percent >= near ? "near" : "free";
