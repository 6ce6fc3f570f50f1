import type { ResultWriter } from "../../models/domain/decode-results";
import type { ReadRows } from "../../models/domain/encode-rows";
import type { LiveVersion } from "../../models/domain/live-model";
import type { CallBounds, CallTimes, Tensor, TensorAnswer } from "../../runners/domain";
import { askUpstreamRows, askUpstreamTensors } from "../../runners/http/upstream";
import { runOnnx } from "../../runners/onnx/pool";

/** Where a version's tensors are worked on. Answers all outputs, or those that are named. */
export function runTensors(
  { onnx, http }: LiveVersion,
  inputs: Tensor[],
  bounds: CallBounds,
  outputs?: readonly string[],
): Promise<TensorAnswer> {
  const wanted = outputs ? { timeoutMs: bounds.timeoutMs, signal: bounds.signal, outputs } : bounds;
  if (onnx) return runOnnx(onnx, inputs, wanted);
  if (http) return askUpstreamTensors(http, inputs, wanted);
  throw new Error("a version has neither a file nor an upstream");
}

/** Tokens of an upstream that counts them. */
export type Results = CallTimes & { results: unknown[]; tokens?: number };

/** Runs a version on rows that its reader has read, and has `writer` turn what comes back into results. */
export async function runVersion(
  version: LiveVersion,
  writer: ResultWriter,
  read: ReadRows,
  bounds: CallBounds,
): Promise<Results> {
  if (read.kind === "tensors") {
    const { outputs, queueMs, predictMs } = await runTensors(version, read.tensors, bounds);
    return { results: writer.fromTensors(outputs, read.rows), queueMs, predictMs };
  }
  if (!version.http) throw new Error("only an upstream takes rows as they are");
  const { rows, queueMs, predictMs, tokens = 0 } = await askUpstreamRows(version.http, read.rows, bounds);
  return { results: writer.fromRows(rows), queueMs, predictMs, tokens };
}
