import { z } from "zod";
import { priceInputs } from "../core/money-input";
import { pageOf, pageQuery } from "../core/page";
import { modelName, plainText } from "../core/text";
import { datatypes, presets, runnerStates } from "../runners/domain";

const finite = z.number().refine(Number.isFinite, "Write a finite number.");
const label = plainText(100);
const words = z
  .string()
  .max(2_000)
  .refine((text) => text.isWellFormed() && !text.includes("\0"), "Write plain text.");

export const tensorSpec = z.strictObject({
  name: z.string(),
  datatype: z.enum(datatypes),
  shape: z.array(z.number().int()),
});

export const columnKinds = ["number", "integer", "boolean", "category", "text"] as const;

/**
 * One named value of a row. Columns fill their tensor from left to right, in the order in which they are listed:
 * each takes one place of it, or one per category with `one_hot`. Without `tensor` it is the model's first input.
 */
export const column = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,62}$/,
      "A column is called like a variable: letters, digits and _.",
    ),
  title: label.nullable().default(null),
  description: words.nullable().default(null),
  kind: z.enum(columnKinds),
  unit: plainText(30).nullable().default(null),
  min: finite.nullable().default(null),
  max: finite.nullable().default(null),
  /** Of the kind `category`: the values it can have. Into a numeric tensor goes their position, from 0. */
  categories: z.array(label).min(1).max(1_000).nullable().default(null),
  one_hot: z.boolean().default(false),
  length_max: z.number().int().min(1).max(100_000).nullable().default(null),
  example: z
    .union([finite, z.boolean(), z.string().max(2_000)])
    .nullable()
    .default(null),
  tensor: z.string().max(200).nullable().default(null),
});
export type Column = z.output<typeof column>;

export const fieldKinds = ["number", "boolean", "category", "text"] as const;

/** One named value of a result: a place in an output tensor, or a member of an upstream's answer. */
export const field = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,62}$/,
      "A result is called like a variable: letters, digits and _.",
    ),
  title: label.nullable().default(null),
  kind: z.enum(fieldKinds),
  unit: plainText(30).nullable().default(null),
  min: finite.nullable().default(null),
  max: finite.nullable().default(null),
  categories: z.array(label).min(1).max(1_000).nullable().default(null),
  /** The output tensor, or the member of the answer; null: the first output, or the member of the same name. */
  from: z.string().max(200).nullable().default(null),
  /** Which of the values of one row in that tensor. */
  index: z.number().int().min(0).max(100_000).default(0),
});
export type Field = z.output<typeof field>;

export const result = z.discriminatedUnion("kind", [
  /** One of several classes: `{label, probability, probabilities}`. */
  z.strictObject({
    kind: z.literal("classes"),
    labels: z.array(label).min(2).max(1_000),
    /** The output with the probability of every class, and the one with the position or name of the chosen. */
    probabilities: z.string().max(200).nullable().default(null),
    label: z.string().max(200).nullable().default(null),
  }),
  /** Named values: `{price: 231000}`. */
  z.strictObject({ kind: z.literal("fields"), fields: z.array(field).min(1).max(200) }),
  /** As the model gives it: `{output: [...]}`. */
  z.strictObject({ kind: z.literal("raw") }),
]);
export type Result = z.output<typeof result>;

/** The names that people gave to what goes in and comes out. `columns: null`: tensors alone. */
export const signature = z.strictObject({
  columns: z.array(column).min(1).max(1_000).nullable(),
  result,
});
export type Signature = z.output<typeof signature>;

export const accessKinds = ["everyone", "plans", "users"] as const;
export const access = z.strictObject({
  kind: z.enum(accessKinds),
  /** Ids of plans or users; none for everyone. */
  ids: z.array(z.string().max(40).regex(/^\S+$/)).max(500).default([]),
});

export const historyKinds = ["never", "hashed", "kept"] as const;
export const history = z.strictObject({
  kind: z.enum(historyKinds),
  days: z.number().int().min(1).max(365).default(30),
});

const bounds = {
  timeout_ms: z.number().int().min(50).max(300_000),
  rows_max: z.number().int().min(1).max(1_000),
  queue_max: z.number().int().min(1).max(10_000),
  runners_max: z.number().int().min(1).max(16),
  memory_max_mb: z.number().int().min(64).max(65_536),
  is_batched: z.boolean(),
};
export const limits = z.strictObject({
  timeout_ms: bounds.timeout_ms.default(10_000),
  rows_max: bounds.rows_max.default(1_000),
  queue_max: bounds.queue_max.default(1_000),
  runners_max: bounds.runners_max.default(2),
  memory_max_mb: bounds.memory_max_mb.default(1_024),
  is_batched: bounds.is_batched.default(true),
});
/** Without defaults: those would set back what a change does not name. */
const limitsChange = z.strictObject(bounds).partial();

/** What a call costs the owner: the upstream's bill, power, hardware. */
const expenses = z.strictObject(priceInputs).omit({ per_row: true });
export type Expenses = z.output<typeof expenses>;

/** What an administrator says of a model, beside its versions. */
const about = {
  title: plainText(100),
  description: words.default(""),
  access: access.default({ kind: "everyone", ids: [] }),
  history: history.default({ kind: "kept", days: 30 }),
  limits: limits.prefault({}),
};

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "This is not the name of a header.");
const headerValue = z
  .string()
  .max(4_000)
  .regex(/^[\t\x20-\x7e]*$/, "A header holds plain ASCII text.");

export const upstream = z.strictObject({
  preset: z.enum(presets),
  url: z
    .url({ protocol: /^https?$/, error: "Write a full address such as https://models.example.org/predict." })
    .max(2_000),
  model: z.string().min(1).max(200).nullable().default(null),
  rows_member: z.string().min(1).max(100).nullable().default(null),
  results_member: z.string().min(1).max(100).nullable().default(null),
  system_prompt: words.nullable().default(null),
  tokens_max: z.number().int().min(1).max(1_000_000).nullable().default(null),
  /** Lets it be on this machine or in the own network. */
  is_private_allowed: z.boolean().default(false),
  /** Sent with every call and never shown again. */
  headers: z.record(headerName, headerValue).default({}),
});
export type UpstreamInput = z.output<typeof upstream>;

/** A new version: an uploaded file by its SHA-256, an upstream, or a new signature for the file of a version. */
export const versionSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("file"), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.strictObject({ kind: z.literal("upstream"), upstream }),
  z.strictObject({ kind: z.literal("version"), number: z.number().int().min(1) }),
]);

export const createModelBody = z.strictObject({
  name: modelName,
  ...about,
  source: versionSource,
  /** Without one it is made from the tensors: numbered columns, raw results. */
  signature: signature.nullable().default(null),
  note: plainText(500).nullable().default(null),
});
export type CreateModel = z.output<typeof createModelBody>;

export const changeModelBody = z
  .strictObject({
    title: about.title.optional(),
    description: words.optional(),
    access: access.optional(),
    history: history.optional(),
    limits: limitsChange.optional(),
    expenses: expenses.partial().optional(),
    is_paused: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangeModel = z.output<typeof changeModelBody>;

export const createVersionBody = z.strictObject({
  source: versionSource,
  signature: signature.nullable().default(null),
  note: plainText(500).nullable().default(null),
  /** What it becomes at once: in use for everybody, for those who ask for `next`, or only by its number. */
  becomes: z.enum(["stable", "next", "nothing"]).default("nothing"),
});
export type CreateVersion = z.output<typeof createVersionBody>;

/** Promote or roll back: which version is in use, and which is on trial. */
export const useVersionsBody = z
  .strictObject({
    stable: z.number().int().min(1).optional(),
    next: z.number().int().min(1).nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Name stable or next.");

/** The live trial of a signature that is not saved yet. */
export const tryVersionBody = z.strictObject({
  number: z.number().int().min(1),
  signature: signature.nullable().default(null),
  input: z.record(z.string(), z.unknown()),
});

export const modelQuery = z.strictObject({ ...pageQuery, q: z.string().max(200).optional() });
export type ModelQuery = z.output<typeof modelQuery>;

export const fileView = z.strictObject({
  sha256: z.string(),
  bytes: z.number().int(),
  inputs: z.array(tensorSpec),
  outputs: z.array(tensorSpec),
  /** What the product would call columns and results if nobody names them. */
  signature,
});

/** What a version made from an upstream would begin with. */
export const upstreamProbeView = z.strictObject({
  inputs: z.array(tensorSpec),
  outputs: z.array(tensorSpec),
  signature,
});

/** What whoever may use a model sees of it. */
export const modelView = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** The version in use, and the one on trial. */
  version: z.number().int(),
  next_version: z.number().int().nullable(),
  runner: z.enum(["onnx", "http"]),
  inputs: z.array(tensorSpec),
  outputs: z.array(tensorSpec),
  signature,
  /** A row that works, to begin with. */
  example: z.record(z.string(), z.unknown()),
  limits: z.strictObject({ timeout_ms: z.number().int(), rows_max: z.number().int() }),
  history,
  is_paused: z.boolean(),
  state: z.enum(runnerStates),
  updated_at: z.string(),
});
export const modelPageView = pageOf(modelView);

export const versionView = z.strictObject({
  number: z.number().int(),
  runner: z.enum(["onnx", "http"]),
  file: z.strictObject({ sha256: z.string(), bytes: z.number().int() }).nullable(),
  upstream: upstream
    .omit({ headers: true })
    .extend({ header_names: z.array(z.string()) })
    .nullable(),
  inputs: z.array(tensorSpec),
  outputs: z.array(tensorSpec),
  signature,
  note: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  is_stable: z.boolean(),
  is_next: z.boolean(),
});
export const versionListView = z.strictObject({ items: z.array(versionView) });

/** Counted by this process since it started. */
export const numbersView = z.strictObject({
  calls: z.number().int(),
  errors: z.number().int(),
  rows: z.number().int(),
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  since: z.string(),
});

export const runnerReportView = z.strictObject({
  state: z.enum(runnerStates),
  runners: z.number().int(),
  queued: z.number().int(),
  running: z.number().int(),
  memory_bytes: z.number().int(),
  reason: z.string().nullable(),
});

export const adminModelView = z.strictObject({
  ...modelView.shape,
  access: z.strictObject({ kind: z.enum(accessKinds), ids: z.array(z.string()) }),
  limits: z.strictObject({
    timeout_ms: z.number().int(),
    rows_max: z.number().int(),
    queue_max: z.number().int(),
    runners_max: z.number().int(),
    memory_max_mb: z.number().int(),
    is_batched: z.boolean(),
  }),
  expenses: z.strictObject({ per_call: z.number(), per_compute_ms: z.number(), per_token: z.number() }),
  versions: z.array(z.number().int()),
  numbers: numbersView,
  report: runnerReportView,
  created_at: z.string(),
});
export const adminModelPageView = pageOf(adminModelView);
