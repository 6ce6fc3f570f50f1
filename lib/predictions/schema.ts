import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { modelName } from "../core/text";
import { limitView } from "../usage/schema";

/** A version by its number, or the one that is in use or on trial. Without one: the one in use. */
export const versionChoice = z.union([
  z.number().int().min(1),
  z.string().regex(/^(stable|next|[1-9]\d{0,8})$/, "Write stable, next or the number of a version."),
]);

const row = z.record(z.string(), z.unknown());

/** What the model itself asks of a row is checked against its signature, with a pointer per fault. */
export const predictBody = z
  .strictObject({
    model: modelName,
    version: versionChoice.optional(),
    input: row.optional(),
    inputs: z.array(row).min(1, "Send at least one row.").optional(),
  })
  .refine((body) => (body.input === undefined) !== (body.inputs === undefined), {
    message: "Send either input, for one row, or inputs, for several.",
    path: ["input"],
  });
export type PredictBody = z.output<typeof predictBody>;

const metrics = z.strictObject({ predict_ms: z.number(), queue_ms: z.number() });
/** A unit is one predicted row; the cost is in the currency of the install. */
const usage = z.strictObject({ units: z.number().int(), cost: z.number() });

/** The answer to a call. `output` for one row, `outputs` for several. */
export const predictView = z.strictObject({
  id: z.string(),
  model: z.string(),
  version: z.number().int(),
  status: z.literal("succeeded"),
  output: z.unknown().optional(),
  outputs: z.array(z.unknown()).optional(),
  metrics,
  usage,
  created_at: z.string(),
});

/** What a call would come to, and whether it would be let in right now. */
export const estimateView = z.strictObject({
  model: z.string(),
  version: z.number().int(),
  rows: z.number().int(),
  units: z.number().int(),
  currency: z.string(),
  /** As long as the model usually takes; null: it hangs on a time or on tokens that nobody knows before. */
  cost: z.number().nullable(),
  /** Never more than this: so much is reserved while the call runs. */
  cost_max: z.number(),
  would_pass: z.boolean(),
  /** Why not: the code and the sentence of the refusal. */
  reason: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  /** Each limit as it stands before the call. */
  limits: z.array(limitView),
});

/** Of the trial of a version: an answer that no call was made for. */
export const trialView = z.strictObject({ output: z.unknown(), metrics });

export const predictionQuery = z.strictObject({
  ...pageQuery,
  model: modelName.optional(),
  status: z.enum(["succeeded", "failed"]).optional(),
  key: z.string().max(40).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type PredictionQuery = z.output<typeof predictionQuery>;

/** A call of one's own, as far as its model keeps it: bodies, fingerprints of them, or neither. */
export const predictionView = z.strictObject({
  id: z.string(),
  model: z.string(),
  version: z.number().int(),
  status: z.enum(["succeeded", "failed"]),
  code: z.string().nullable(),
  rows: z.number().int(),
  key_id: z.string().nullable(),
  request_id: z.string(),
  /** `null` where bodies are not kept. A list for several rows, else one object. */
  input: z.unknown().nullable(),
  output: z.unknown().nullable(),
  input_hash: z.string().nullable(),
  output_hash: z.string().nullable(),
  metrics,
  created_at: z.string(),
  expires_at: z.string(),
});
export const predictionPageView = pageOf(predictionView);
