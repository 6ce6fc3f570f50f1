import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { modelName, plainText } from "../core/text";

const day = z.iso.date("Write a day such as 2026-11-21.");
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Write a month such as 2026-11.");

/** A day, or a moment: then from the hour that it lies in. So "the last 24 hours" can be asked for. */
const since = z.union([
  day,
  z.iso.datetime("Write a day such as 2026-11-21, or a moment such as 2026-11-21T14:00:00Z."),
]);

const place = { from: since.optional(), to: day.optional(), model: modelName.optional() };

/** Days in UTC, both included; without them the last 30 days, or the last two for hours. */
export const usageQuery = z.strictObject({
  ...place,
  group_by: z.enum(["hour", "day", "month", "model", "key"]).default("day"),
  key: z.string().max(40).optional(),
});
export type UsageQuery = z.output<typeof usageQuery>;

export const adminUsageQuery = z.strictObject({
  ...usageQuery.shape,
  group_by: z.enum(["hour", "day", "month", "model", "key", "user", "plan"]).default("day"),
  user: z.string().max(40).optional(),
});
export type AdminUsageQuery = z.output<typeof adminUsageQuery>;

/** Money as a number in the currency of the install. */
const money = z.number();
const latency = z.number().nullable();

export const usageNumbers = z.strictObject({
  calls: z.number(),
  /** Calls that ended with an error, of the calls. */
  failures: z.number(),
  rows: z.number(),
  units: z.number(),
  cost: money,
  tokens: z.number(),
  p50_ms: latency,
  p95_ms: latency,
  p99_ms: latency,
});

/** What a row is about: a time (ISO 8601, when it began), or the id and name of a model, key, user or plan. */
const group = { group: z.string(), label: z.string() };

export const usageView = z.strictObject({
  from: z.string(),
  to: z.string(),
  group_by: z.string(),
  currency: z.string(),
  total: usageNumbers,
  items: z.array(z.strictObject({ ...group, ...usageNumbers.shape })),
  /** How often which error came, most often first. */
  errors: z.array(z.strictObject({ code: z.string(), calls: z.number() })),
});
export type UsageView = z.infer<typeof usageView>;

const ownersNumbers = { ...usageNumbers.shape, expense: money, margin: money };
export const adminUsageView = z.strictObject({
  ...usageView.shape,
  total: z.strictObject(ownersNumbers),
  items: z.array(z.strictObject({ ...group, ...ownersNumbers })),
});
export type AdminUsageView = z.infer<typeof adminUsageView>;

/** One limit, what of it is used, and when it is free again. */
export const limitView = z.strictObject({
  name: z.enum(["minute", "hour", "concurrency", "month_units", "month_budget", "day_budget"]),
  /** Money for budgets, else a number of calls or units. Null: no limit. */
  limit: z.number().nullable(),
  used: z.number(),
  /** Held by calls that still run, and by tasks. */
  reserved: z.number(),
  remaining: z.number().nullable(),
  /** When something or all of it is free again; null where that is not known or nothing is used. */
  frees_at: z.string().nullable(),
});
export type LimitView = z.infer<typeof limitView>;

export const limitsLeftView = z.strictObject({
  plan: z.string(),
  currency: z.string(),
  /** Extra units of this month, counted in the limit. */
  units_granted: z.number(),
  limits: z.array(limitView),
});

export const grantBody = z.strictObject({
  units: z.number().int().min(1).max(1_000_000_000),
  /** Without it: this month. */
  month: month.optional(),
  note: plainText(200).optional(),
});
export type GrantBody = z.output<typeof grantBody>;
export const grantView = z.strictObject({
  id: z.string(),
  month: z.string(),
  units: z.number(),
  note: z.string(),
  created_at: z.string(),
  created_by: z.string(),
});
export const grantListView = z.strictObject({ items: z.array(grantView), next_cursor: z.null() });

/** Who has used up so many percent of a limit of the month or more, the nearest first. */
export const nearCapQuery = z.strictObject({ percent: z.coerce.number().int().min(1).max(100).default(75) });
export const nearCapView = z.strictObject({
  items: z.array(
    z.strictObject({
      user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), plan: z.string() }),
      limit_name: limitView.shape.name,
      used: z.number(),
      limit: z.number(),
      percent: z.number(),
    }),
  ),
  next_cursor: z.null(),
});

/** The log of single calls; the same as CSV (`Accept: text/csv`) or CloudEvents, complete and streamed. */
export const callsQuery = z.strictObject({
  ...pageQuery,
  ...place,
  key: z.string().max(40).optional(),
  outcome: z.enum(["succeeded", "failed"]).optional(),
  /** Of a download that broke off: `at` and `id` of its last complete line, with a comma between. */
  after: z
    .string()
    .max(100)
    .regex(/^[\d:.TZ-]+,prd_\w+$/, "Write a call's at and id, such as 2026-11-21T14:00:00.000Z,prd_1.")
    .optional(),
});
export type CallsQuery = z.output<typeof callsQuery>;
export const adminCallsQuery = z.strictObject({ ...callsQuery.shape, user: z.string().max(40).optional() });
export type AdminCallsQuery = z.output<typeof adminCallsQuery>;

export const callView = z.strictObject({
  id: z.string(),
  at: z.string(),
  user_id: z.string(),
  key_id: z.string().nullable(),
  model: z.string(),
  version: z.number(),
  outcome: z.enum(["succeeded", "failed"]),
  code: z.string().nullable(),
  rows: z.number(),
  units: z.number(),
  cost: money,
  tokens: z.number(),
  queue_ms: z.number(),
  predict_ms: z.number(),
});
export const callPageView = pageOf(callView);

/** What a month cost: one line per model and key, with what they add up to. */
export const statementView = z.strictObject({
  month: z.string(),
  /** The month is not over: the numbers still grow. */
  is_open: z.boolean(),
  currency: z.string(),
  user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), plan: z.string() }),
  units_included: z.number().nullable(),
  units_granted: z.number(),
  lines: z.array(
    z.strictObject({
      model: z.string(),
      key: z.string().nullable(),
      calls: z.number(),
      rows: z.number(),
      units: z.number(),
      tokens: z.number(),
      cost: money,
    }),
  ),
  total: z.strictObject({ calls: z.number(), units: z.number(), cost: money }),
});
export type StatementView = z.infer<typeof statementView>;
