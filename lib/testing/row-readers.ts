import { AppError } from "../core/errors";
import { compileRows, type ReadRows, type Row, type RowReader } from "../models/domain/encode-rows";
import { column, type Signature } from "../models/schema";
import type { TensorSpec } from "../runners/domain";

export type GivenColumn = Parameters<typeof column.parse>[0];

export const signatureOf = (columns: GivenColumn[] | null): Signature => ({
  columns: columns?.map((given) => column.parse(given)) ?? null,
  result: { kind: "raw" },
});

export const readerFor = (inputs: TensorSpec[], columns: GivenColumn[] | null): RowReader =>
  compileRows({ inputs, signature: signatureOf(columns), runner: "onnx", preset: null });

/** Columns of most kinds, in three tensors. */
export const people = readerFor(
  [
    { name: "numbers", datatype: "FP32", shape: [-1, 5] },
    { name: "city", datatype: "BYTES", shape: [-1, 1] },
    { name: "big", datatype: "INT64", shape: [-1] },
  ],
  [
    { name: "age", kind: "number", min: 0, max: 120, unit: "years" },
    { name: "rooms", kind: "integer" },
    { name: "size", kind: "category", categories: ["S", "M", "L"], one_hot: true },
    { name: "city", kind: "category", categories: ["Lyon", "Paris"], tensor: "city" },
    { name: "visits", kind: "integer", tensor: "big" },
  ],
);
export const ana: Row = { age: 41, rooms: 3, size: "M", city: "Lyon", visits: "9007199254740993" };

/** A model that nobody named anything of. */
export const iris = readerFor([{ name: "measurements", datatype: "FP32", shape: [-1, 4] }], null);

export const readOne = (reader: RowReader, row: Row): ReadRows => reader.read([row], false, 1_000);

export function tensorsOf(read: ReadRows): Record<string, { shape: number[]; data: unknown[] }> {
  if (read.kind !== "tensors") throw new Error("these are rows");
  return Object.fromEntries(
    read.tensors.map(({ name, shape, data }) => [name, { shape, data: Array.from<unknown>(data) }]),
  );
}

/** What was found wrong; anything else than faults is thrown. */
export function faultsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError && error.code === "request.invalid" && error.faults) return error.faults;
    throw error;
  }
  throw new Error("nothing was wrong");
}
