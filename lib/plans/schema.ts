import { z } from "zod";
import { budgetInput, priceInputs } from "../core/money-input";
import { plainText } from "../core/text";

/** Calls in a minute, in an hour, or at the same time. */
export const callLimit = z.number().int().min(1).max(1_000_000);

/** The plan of whoever is invited without naming one. It cannot be deleted. */
export const defaultPlan = "free";

/** Null: no limit. */
export const limitsView = z.strictObject({
  per_minute: z.number().nullable(),
  per_hour: z.number().nullable(),
  concurrency: z.number().nullable(),
});

/** Null: as much as they like. Budgets are money of the install's currency, like the prices. */
const quotaView = z.strictObject({
  units_per_month: z.number().nullable(),
  budget_per_month: z.number().nullable(),
  budget_per_day: z.number().nullable(),
});

/** A call costs the sum of these, each times how many there were. */
const pricesView = z.strictObject({
  per_call: z.number(),
  per_row: z.number(),
  per_compute_ms: z.number(),
  per_token: z.number(),
});

/** Of a budget of nothing no call could be paid: whoever wants that takes the prices away, or the plan. */
const budget = budgetInput.refine((money) => money > 0, "More than 0, or null for no budget.").nullable();

const limits = z
  .strictObject({
    per_minute: callLimit.nullable(),
    per_hour: callLimit.nullable(),
    concurrency: callLimit.nullable(),
  })
  .partial();
const quota = z
  .strictObject({
    units_per_month: z.number().int().min(1).max(1_000_000_000).nullable(),
    budget_per_month: budget,
    budget_per_day: budget,
  })
  .partial();
const prices = z.strictObject(priceInputs).partial();

const name = plainText(50);
const description = plainText(300);

export const changePlanBody = z
  .strictObject({ name, description, limits, quota, prices })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangePlan = z.infer<typeof changePlanBody>;

/** What is not named is not limited, and costs nothing. */
export const createPlanBody = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, "An id is written with small letters, digits and -, a letter first."),
  name,
  description,
  limits: limits.optional(),
  quota: quota.optional(),
  prices: prices.optional(),
});
export type CreatePlan = z.infer<typeof createPlanBody>;

export const planView = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  limits: limitsView,
  quota: quotaView,
  prices: pricesView,
  /** People on it, deleted accounts not counted. */
  users: z.number(),
});
export type PlanView = z.infer<typeof planView>;
export const planListView = z.strictObject({ items: z.array(planView), next_cursor: z.null() });
