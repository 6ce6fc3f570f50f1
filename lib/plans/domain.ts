import type { CallLimits } from "../core/actor";
import { asNanos, type Bounds, type Prices, type Terms } from "../core/money";
import type { PlanView } from "./schema";

/** What a plan's row says about usage. */
export type StoredTerms = {
  unitsPerMonth: number | null;
  budgetPerMonth: bigint | null;
  budgetPerDay: bigint | null;
  pricePerCall: bigint;
  pricePerRow: bigint;
  pricePerMs: bigint;
  pricePerToken: bigint;
};

/** Stored as 64 bits; the bounds of the input keep them where a number is exact. */
const nullable = (nanos: bigint | null): number | null => (nanos === null ? null : Number(nanos));

const pricesOf = (plan: StoredTerms): Prices => ({
  perCall: Number(plan.pricePerCall),
  perRow: Number(plan.pricePerRow),
  perMs: Number(plan.pricePerMs),
  perToken: Number(plan.pricePerToken),
});

const boundsOf = (plan: StoredTerms): Bounds => ({
  unitsPerMonth: plan.unitsPerMonth,
  budgetPerMonth: nullable(plan.budgetPerMonth),
  budgetPerDay: nullable(plan.budgetPerDay),
});

export const termsOf = (plan: StoredTerms): Terms => ({ prices: pricesOf(plan), bounds: boundsOf(plan) });

/** What a plan says, as people and programs write it. */
export type PlanTexts = Pick<PlanView, "name" | "description" | "limits" | "quota" | "prices">;

/** A plan that limits nothing and costs nothing. */
export const openTerms: Pick<PlanTexts, "limits" | "quota" | "prices"> = {
  limits: { per_minute: null, per_hour: null, concurrency: null },
  quota: { units_per_month: null, budget_per_month: null, budget_per_day: null },
  prices: { per_call: 0, per_row: 0, per_compute_ms: 0, per_token: 0 },
};

const stored = (money: number): bigint => BigInt(asNanos(money));
const storedBudget = (money: number | null): bigint | null => (money === null ? null : stored(money));

/** The same as the columns of its row. */
export const planData = ({ name, description, limits, quota, prices }: PlanTexts) =>
  ({
    name,
    description,
    perMinute: limits.per_minute,
    perHour: limits.per_hour,
    concurrency: limits.concurrency,
    unitsPerMonth: quota.units_per_month,
    budgetPerMonth: storedBudget(quota.budget_per_month),
    budgetPerDay: storedBudget(quota.budget_per_day),
    pricePerCall: stored(prices.per_call),
    pricePerRow: stored(prices.per_row),
    pricePerMs: stored(prices.per_compute_ms),
    pricePerToken: stored(prices.per_token),
  }) satisfies CallLimits & StoredTerms & { name: string; description: string };

/** Each number by the name that the log knows it by. */
export const flatTerms = ({ name, description, limits, quota, prices }: PlanTexts) => ({
  name,
  description,
  ...limits,
  ...quota,
  price_per_call: prices.per_call,
  price_per_row: prices.per_row,
  price_per_compute_ms: prices.per_compute_ms,
  price_per_token: prices.per_token,
});
