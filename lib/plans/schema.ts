import { z } from "zod";
import { plainText } from "../core/text";

/** Calls in a minute, in an hour, or at the same time. */
export const callLimit = z.number().int().min(1).max(1_000_000);

/** Null: no limit. */
export const limitsView = z.strictObject({
  per_minute: z.number().nullable(),
  per_hour: z.number().nullable(),
  concurrency: z.number().nullable(),
});

export const changePlanBody = z
  .strictObject({
    name: plainText(50),
    description: plainText(300),
    limits: z
      .strictObject({
        per_minute: callLimit.nullable(),
        per_hour: callLimit.nullable(),
        concurrency: callLimit.nullable(),
      })
      .partial(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangePlan = z.infer<typeof changePlanBody>;

export const planView = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  limits: limitsView,
  /** People on it, deleted accounts not counted. */
  users: z.number(),
});
export const planListView = z.strictObject({ items: z.array(planView), next_cursor: z.null() });
