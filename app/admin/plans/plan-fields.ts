import { isMoneyText, typedMoney } from "@/app/_usage/price-text";
import { asMoney, asNanos, costOf } from "@/lib/core/money";
import type { PlanView } from "@/lib/plans/schema";

type Section = "limits" | "quota" | "prices";
type In<S extends Section> = `${S}/${Extract<keyof PlanView[S], string>}`;
/** Named as the API points at them. */
export type BoundName = In<"limits"> | In<"quota">;
export type PriceName = In<"prices">;

export type BoundField = {
  name: BoundName;
  label: string;
  hint: string;
  /** What the box says that takes the bound away. */
  none: string;
  isMoney?: boolean;
  most: number;
};

const millions = 1_000_000;

/** The bounds are those of the API, which has the last word. */
export const limitFields: readonly BoundField[] = [
  {
    name: "limits/per_minute",
    label: "Calls in a minute",
    hint: "Counted over the last 60 seconds, not by the clock.",
    none: "No limit",
    most: millions,
  },
  {
    name: "limits/per_hour",
    label: "Calls in an hour",
    hint: "Counted over the last 60 minutes.",
    none: "No limit",
    most: millions,
  },
  {
    name: "limits/concurrency",
    label: "Calls at once",
    hint: "One more is refused at once and can be repeated.",
    none: "No limit",
    most: millions,
  },
];

export const quotaFields: readonly BoundField[] = [
  {
    name: "quota/units_per_month",
    label: "Units in a month",
    hint: "A unit is one predicted row. Failed calls use none. Begins anew on the first, UTC.",
    none: "No quota",
    most: 1_000 * millions,
  },
  {
    name: "quota/budget_per_month",
    label: "Budget of a month",
    hint: "A call that could cost more than what is left is refused.",
    none: "No budget",
    isMoney: true,
    most: millions,
  },
  {
    name: "quota/budget_per_day",
    label: "Budget of a day",
    hint: "The same for each day, UTC: a program gone wild stops before the month is spent.",
    none: "No budget",
    isMoney: true,
    most: millions,
  },
];

export const boundFields: readonly BoundField[] = [...limitFields, ...quotaFields];

export type PriceField = { name: PriceName; label: string; most: number };
export const priceFields: readonly PriceField[] = [
  { name: "prices/per_call", label: "A call", most: 1_000 },
  { name: "prices/per_row", label: "A row", most: 10 },
  { name: "prices/per_compute_ms", label: "A millisecond of work", most: 1 },
  { name: "prices/per_token", label: "A token", most: 1 },
];

export const newPlan: Pick<PlanView, "limits" | "quota" | "prices"> = {
  limits: { per_minute: 60, per_hour: null, concurrency: 4 },
  quota: { units_per_month: 10_000, budget_per_month: null, budget_per_day: null },
  prices: { per_call: 0, per_row: 0, per_compute_ms: 0, per_token: 0 },
};

/** What a plan has at a field. */
export function valueAt(plan: Pick<PlanView, Section>, name: BoundName | PriceName): number | null {
  const [section = "", member = ""] = name.split("/");
  const values = plan[section as Section] as Record<string, number | null>;
  return values[member] ?? null;
}

/** Nothing of what is not bounded. */
export const typed = (value: number | null): string => (value === null ? "" : typedMoney(value));

const isWhole = (text: string) => /^\d+$/.test(text.trim());

export function boundFault(
  text: string,
  { isMoney: ofMoney = false, most, none }: BoundField,
): string | undefined {
  const isFine = ofMoney ? isMoneyText(text) : isWhole(text);
  if (!isFine)
    return `Write ${ofMoney ? "an amount such as 20 or 0.5" : "a whole number"}, or choose ${none.toLowerCase()}.`;
  const value = Number(text);
  if (value > 0 && value <= most) return undefined;
  return `${ofMoney ? "More than 0, at most" : "From 1 to"} ${most.toLocaleString("en-US")}.`;
}

export function priceFault(text: string, { most }: PriceField): string | undefined {
  if (text.trim() === "") return undefined;
  if (!isMoneyText(text)) return "Write an amount such as 0.0005, with at most 9 decimals.";
  return Number(text) > most ? `At most ${most.toLocaleString("en-US")}.` : undefined;
}

const example = { rows: 1_000, ms: 50, tokens: 0 };

/** What the largest call that one thinks of would cost by these prices. */
export function exampleCost(prices: PlanView["prices"]): number {
  const [perCall, perRow] = [asNanos(prices.per_call), asNanos(prices.per_row)];
  const [perMs, perToken] = [asNanos(prices.per_compute_ms), asNanos(prices.per_token)];
  return asMoney(costOf({ perCall, perRow, perMs, perToken }, example));
}
