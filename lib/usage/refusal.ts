import { AppError } from "../core/errors";
import { asMoney, type Bounds } from "../core/money";
import { dayMs, secondsUntil } from "../core/time";
import { type Amount, grainStart, monthOf, nextMonthStart } from "./domain";

/** What an account has used of its month and its day, and what running calls and tasks hold of them. */
export type Standing = {
  unitsUsed: number;
  unitsReserved: number;
  unitsGranted: number;
  costUsed: number;
  costReserved: number;
  dayCostUsed: number;
  dayCostReserved: number;
};

export const nothingUsed: Standing = {
  unitsUsed: 0,
  unitsReserved: 0,
  unitsGranted: 0,
  costUsed: 0,
  costReserved: 0,
  dayCostUsed: 0,
  dayCostReserved: 0,
};

type Policy = "month" | "month-budget" | "day-budget";
type Broken = { policy: Policy; limit: number; used: number; reserved: number; asked: number };

/** The first bound that an ask does not fit in, or null: it fits. */
function brokenBound(standing: Standing, bounds: Bounds, ask: Amount): Broken | null {
  const { unitsPerMonth, budgetPerMonth, budgetPerDay } = bounds;
  const { unitsUsed, unitsReserved, costUsed, costReserved, dayCostUsed, dayCostReserved } = standing;
  const units = unitsPerMonth === null ? null : unitsPerMonth + standing.unitsGranted;
  return (
    broken("month", units, unitsUsed, unitsReserved, ask.units) ??
    broken("month-budget", budgetPerMonth, costUsed, costReserved, ask.cost) ??
    broken("day-budget", budgetPerDay, dayCostUsed, dayCostReserved, ask.cost)
  );
}

const broken = (
  policy: Policy,
  limit: number | null,
  used: number,
  reserved: number,
  asked: number,
): Broken | null =>
  limit === null || used + reserved + asked <= limit ? null : { policy, limit, used, reserved, asked };

export const fits = (standing: Standing, bounds: Bounds, ask: Amount): boolean =>
  brokenBound(standing, bounds, ask) === null;

/** The refusal with its numbers, or null: it would fit. */
export function refusalOf(
  standing: Standing,
  bounds: Bounds,
  ask: Amount,
  { at, currency }: { at: number; currency: string },
): AppError | null {
  const found = brokenBound(standing, bounds, ask);
  if (!found) return null;
  const { policy, limit, used, reserved, asked } = found;
  const isUnits = policy === "month";
  const isDay = policy === "day-budget";
  const reset = new Date(isDay ? grainStart("day", at) + dayMs : nextMonthStart(monthOf(at)));
  const shown = (value: number): number => (isUnits ? value : asMoney(value));
  const words = (value: number): string => (isUnits ? `${value}` : `${asMoney(value)} ${currency}`);
  const needs = isUnits ? `${asked} ${asked === 1 ? "unit" : "units"}` : `up to ${words(asked)}`;
  const held = reserved > 0 ? ` and ${words(reserved)} held by what still runs` : "";
  // Without what running calls hold it would fit: some of that may be free again in a moment.
  const isOnlyHeld = used + asked <= limit;
  return new AppError(isUnits ? "quota.exceeded" : "quota.budget_exceeded", {
    detail: `This needs ${needs}, and of the ${words(limit)} of this ${isDay ? "day" : "month"} ${words(used)} ${used === 1 && isUnits ? "is" : "are"} used${held}.`,
    retryAfterSeconds: isOnlyHeld ? 1 : secondsUntil(reset, new Date(at)),
    extra: {
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      "violated-policies": [policy],
      limit: shown(limit),
      used: shown(used),
      reserved: shown(reserved),
      reset: reset.toISOString(),
    },
  });
}
