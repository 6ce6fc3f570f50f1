import { z } from "zod";

export const whyQuery = z.strictObject({ id: z.string().trim().max(64).optional() });

/** One check on the way of a request, in the order in which they are made. */
export const rungView = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Where it stopped; `passed` before that, `not_reached` after it. */
  state: z.enum(["passed", "refused", "not_reached"]),
  /** What the check is for, in a plain sentence. */
  words: z.string(),
});

export const refusalView = z.strictObject({
  request_id: z.string(),
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  /** What to do about it. */
  cure: z.string(),
  ladder: z.array(rungView),
  faults: z.array(z.strictObject({ pointer: z.string(), message: z.string(), fix: z.string() })),
  /** The numbers at that moment: limits, what was left, when a retry is accepted. */
  numbers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  user: z.strictObject({ id: z.string(), email: z.string() }).nullable(),
  key: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  address: z.string(),
});
