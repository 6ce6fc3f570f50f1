import { countOf, emptyData, type Tensor, type TensorSpec } from "../../runners/domain";
import { checkNamedRow } from "./check-named-row";
import { Faults, rowPath } from "./gather-faults";
import { type About, isPerRow, placeColumns, takesTensors } from "./place-columns";
import { compilePlainRows } from "./read-plain-rows";
import { compileTensorRows } from "./read-tensor-rows";

export type Row = Readonly<Record<string, unknown>>;

export type ReadRows =
  | { kind: "tensors"; tensors: Tensor[]; rows: number }
  | { kind: "rows"; rows: Record<string, unknown>[] };

export type RowReader = {
  /** It takes one row at a time. */
  readonly isSingle: boolean;
  /** Throws one `request.invalid` with a pointer per fault. `isBatch`: the rows came as `inputs`. */
  read: (rows: readonly Row[], isBatch: boolean, rowsMax: number) => ReadRows;
};

/** Of as many rows as are allowed. */
export type ReadAll = (rows: readonly Row[], isBatch: boolean) => ReadRows;

type AboutInput = Pick<About, "inputs" | "signature" | "runner" | "preset">;

/** Prepares all that can be prepared once for a version, so that reading a row is one loop over its columns. */
export function compileRows(about: AboutInput): RowReader {
  const read = takesTensors(about) ? compileNamedRows(about) : compilePlainRows(about.signature.columns);
  const isSingle = takesTensors(about) && !about.inputs.every(isPerRow);
  return {
    isSingle,
    read(rows, isBatch, rowsMax) {
      requireCount(rows.length, isSingle ? 1 : rowsMax, isSingle);
      return read(rows, isBatch);
    },
  };
}

function requireCount(count: number, rowsMax: number, isSingle: boolean): void {
  if (count > 0 && count <= rowsMax) return;
  const faults = new Faults();
  if (count === 0)
    faults.add(["inputs"], { message: "There is no row in inputs.", fix: "Send at least one row." });
  else
    faults.add(["inputs"], {
      message: `These are ${count} rows, and this model takes ${rowsMax} at once.`,
      fix: isSingle ? "Send one row per call." : `Send at most ${rowsMax} rows per call.`,
    });
  throw faults.toError();
}

const emptyTensor = (
  { name, datatype, shape }: TensorSpec,
  row: readonly number[],
  rows: number,
): Tensor => ({
  name,
  datatype,
  shape: shape[0] === -1 ? [rows, ...row] : [...row],
  data: emptyData(datatype, rows * countOf(row)),
});

function memberCount(row: Row): number {
  let members = 0;
  for (const _ in row) members += 1;
  return members;
}

function compileNamedRows({ inputs, signature }: AboutInput): ReadAll {
  const fromTensors = compileTensorRows(inputs);
  if (signature.columns === null) return fromTensors;
  const { places, shapes } = placeColumns(signature.columns, inputs);
  const isTensorName = new Set(inputs.map(({ name }) => name));
  const names = places.map(({ column }) => column.name);

  /** The tensors, or null as soon as anything is odd: what exactly is found out afterwards, in no hurry. */
  const encode = (rows: readonly Row[]): Tensor[] | null => {
    const tensors = inputs.map((spec, index) => emptyTensor(spec, shapes[index] ?? [], rows.length));
    for (const { column, tensor, offset, put } of places) {
      const { data } = tensors[tensor] as Tensor;
      const width = data.length / rows.length;
      let at = offset;
      for (const row of rows) {
        if (!put(data, at, row[column.name])) return null;
        at += width;
      }
    }
    // All columns were there, so one more member is one that nobody knows.
    return rows.every((row) => memberCount(row) === places.length) ? tensors : null;
  };

  /** Lists under the names of tensors: no column takes a list, so these are meant as tensors. */
  const isRaw = (row: Row): boolean => {
    const lists = Object.keys(row).filter((name) => isTensorName.has(name) && Array.isArray(row[name]));
    return (
      lists.some((name) => !names.includes(name)) || (lists.length > 0 && lists.length === memberCount(row))
    );
  };

  return (rows, isBatch) => {
    const tensors = encode(rows);
    if (tensors) return { kind: "tensors", tensors, rows: rows.length };
    if (rows.every(isRaw)) return fromTensors(rows, isBatch);
    const faults = new Faults();
    for (const [index, row] of rows.entries()) {
      if (faults.isFull) break;
      checkNamedRow(row, places, names, rowPath(index, isBatch), faults);
    }
    throw faults.toError();
  };
}
