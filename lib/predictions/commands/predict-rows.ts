import type { z } from "zod";
import type { UserActor } from "../../core/actor";
import { asMoney } from "../../core/money";
import { isPending } from "../../core/pending";
import type { PredictBody, predictView } from "../schema";
import { boundsOf, type Caller } from "./caller-bounds";
import { findVersion } from "./find-version";
import { makeCall } from "./make-call";
import { runVersion } from "./run-version";

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** One call of a model with named values, for one row or several. */
export async function predict(
  actor: UserActor,
  body: PredictBody,
  caller: Caller,
  waitMs?: number,
): Promise<z.input<typeof predictView>> {
  const finding = findVersion(actor, body.model, body.version);
  const { model, version } = isPending(finding) ? await finding : finding;
  const isBatch = body.inputs !== undefined;
  const rows = body.inputs ?? [body.input ?? {}];
  const read = version.reader.read(rows, isBatch, model.rowsMax);
  const bounds = boundsOf(model.timeoutMs, caller, waitMs);
  const input = isBatch ? rows : rows[0];
  const call = { actor, model, version, input, rows: rows.length, bounds };
  const { id, createdAt, worked, output, cost } = await makeCall(
    call,
    () => runVersion(version, version.writer, read, bounds),
    ({ results }) => (isBatch ? results : results[0]),
  );
  return {
    id,
    model: model.name,
    version: version.number,
    status: "succeeded",
    ...(isBatch ? { outputs: worked.results } : { output }),
    metrics: { predict_ms: rounded(worked.predictMs), queue_ms: rounded(worked.queueMs) },
    usage: { units: rows.length, cost: asMoney(cost) },
    created_at: createdAt.toISOString(),
  };
}
