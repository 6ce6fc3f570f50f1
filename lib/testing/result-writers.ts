import { AppError } from "../core/errors";
import { compileResults, type ResultWriter } from "../models/domain/decode-results";
import { type Result, result } from "../models/schema";
import type { Tensor, TensorSpec } from "../runners/domain";

/** The outputs of a classifier of flowers. */
export const flowerOutputs: TensorSpec[] = [
  { name: "species", datatype: "INT64", shape: [-1] },
  { name: "probabilities", datatype: "FP32", shape: [-1, 3] },
];

export const writerFor = (
  given: Parameters<typeof result.parse>[0],
  outputs: TensorSpec[] = flowerOutputs,
  runner: "onnx" | "http" = "onnx",
): ResultWriter =>
  compileResults({
    inputs: [],
    outputs,
    signature: { columns: null, result: result.parse(given) as Result },
    runner,
    preset: runner === "onnx" ? null : "json",
  });

export const species = (...values: bigint[]): Tensor => ({
  name: "species",
  datatype: "INT64",
  shape: [values.length],
  data: BigInt64Array.from(values),
});

export const floats = (name: string, shape: number[], ...values: number[]): Tensor => ({
  name,
  datatype: "FP32",
  shape,
  data: Float32Array.from(values),
});

export const texts = (name: string, ...values: string[]): Tensor => ({
  name,
  datatype: "BYTES",
  shape: [values.length],
  data: values,
});

/** The code that callers see, and the reason that only administrators see. */
export function refusalOf(work: () => unknown): [string, string] {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.cause instanceof Error) return [error.code, error.cause.message];
    throw error;
  }
  throw new Error("it was taken");
}
