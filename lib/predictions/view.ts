import type { z } from "zod";
import type { PredictionRow } from "./domain";
import type { predictionView as predictionShape } from "./schema";

type Prediction = Omit<PredictionRow, "status"> & { status: string; model: { name: string } };

const bodyOf = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

export const predictionView = (row: Prediction): z.infer<typeof predictionShape> => ({
  id: row.id,
  model: row.model.name,
  version: row.version,
  status: row.status === "succeeded" ? "succeeded" : "failed",
  code: row.code,
  rows: row.rows,
  key_id: row.keyId,
  request_id: row.requestId,
  input: bodyOf(row.input),
  output: bodyOf(row.output),
  input_hash: row.inputHash,
  output_hash: row.outputHash,
  metrics: { predict_ms: row.predictMs, queue_ms: row.queueMs },
  created_at: row.createdAt.toISOString(),
  expires_at: row.expiresAt.toISOString(),
});
