import { z } from "zod";
import { asMoney, asNanos } from "./money";

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
