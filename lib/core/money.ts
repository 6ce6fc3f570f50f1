import { z } from "zod";

/** All money is counted in billionths of the install's currency: whole numbers, so that sums are exact. */
export const nanosPerUnit = 1_000_000_000;
export const asMoney = (nanos: number): number => nanos / nanosPerUnit;
export const asNanos = (money: number): number => Math.round(money * nanosPerUnit);

/** What each call, row, millisecond of work and token costs. */
export type Prices = { perCall: number; perRow: number; perMs: number; perToken: number };
/** What somebody may use; null: as much as they like. A unit is one predicted row. */
export type Bounds = {
  unitsPerMonth: number | null;
  budgetPerMonth: number | null;
  budgetPerDay: number | null;
};
/** What a plan says about usage. */
export type Terms = { prices: Prices; bounds: Bounds };

/** What a call is measured by. */
export type Work = { rows: number; ms: number; tokens: number };

/** Milliseconds are charged as far as they are whole. */
export const costOf = (prices: Prices, { rows, ms, tokens }: Work): number =>
  prices.perCall + prices.perRow * rows + prices.perMs * Math.floor(ms) + prices.perToken * tokens;

export const isBounded = ({ unitsPerMonth, budgetPerMonth, budgetPerDay }: Bounds): boolean =>
  unitsPerMonth !== null || budgetPerMonth !== null || budgetPerDay !== null;

/** Money as people and programs write it: a number with at most nine decimals. */
const moneyUpTo = (max: number) =>
  z
    .number()
    .min(0)
    .max(max)
    .refine((money) => asMoney(asNanos(money)) === money, "At most 9 decimals.");

/** Bounded so that what the largest call can cost, and what a budget allows, are exact numbers. */
export const priceInputs = {
  per_call: moneyUpTo(1_000),
  per_row: moneyUpTo(10),
  per_compute_ms: moneyUpTo(1),
  per_token: moneyUpTo(1),
};
export const budgetInput = moneyUpTo(1_000_000);
