import { priceText } from "@/app/_usage/price-text";
import type { PlanView } from "@/lib/plans/schema";
import { countOf } from "../_parts/count";
import { exampleCost } from "./plan-fields";

/** "1,000 units a month, at most €20.00 a month and €2.00 a day"; null when nothing is bounded. */
export function quotaInWords(quota: PlanView["quota"], currency: string): string | null {
  const { units_per_month, budget_per_month, budget_per_day } = quota;
  const budgets = [
    ...(budget_per_month === null ? [] : [`${priceText(budget_per_month, currency)} a month`]),
    ...(budget_per_day === null ? [] : [`${priceText(budget_per_day, currency)} a day`]),
  ];
  const words = [
    ...(units_per_month === null ? [] : [`${countOf(units_per_month, "unit")} a month`]),
    ...(budgets.length === 0 ? [] : [`at most ${budgets.join(" and ")}`]),
  ];
  return words.length > 0 ? words.join(", ") : null;
}

const priced: readonly (readonly [keyof PlanView["prices"], string])[] = [
  ["per_call", "a call"],
  ["per_row", "a row"],
  ["per_compute_ms", "a millisecond of work"],
  ["per_token", "a token"],
];

/** "€0.001 a call, €0.0005 a row"; null when calls cost nothing. */
export function pricesInWords(prices: PlanView["prices"], currency: string): string | null {
  const words = priced
    .filter(([name]) => prices[name] > 0)
    .map(([name, what]) => `${priceText(prices[name], currency)} ${what}`);
  return words.length > 0 ? words.join(", ") : null;
}

/** A sum that one can imagine, whatever the prices are. */
export function exampleInWords(prices: PlanView["prices"], currency: string): string {
  if (pricesInWords(prices, currency) === null) return "Calls cost nothing.";
  const cost = priceText(exampleCost(prices), currency);
  const beside = prices.per_token > 0 ? ", and its tokens on top" : "";
  const isTimed = prices.per_compute_ms > 0;
  return `One call with 1,000 rows${isTimed ? " and 50 ms of work" : ""} costs ${cost}${beside}.`;
}
