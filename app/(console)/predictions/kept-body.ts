import type { Rows } from "@/app/_model/json-rows";

type Row = Record<string, unknown>;

/** A body of the history: one row, several, the tensors of a call to /v2, or nothing that is kept. */
export type KeptBody =
  | { kind: "row"; value: unknown }
  | { kind: "rows"; value: Row[] }
  | { kind: "tensors"; value: Row[] }
  | { kind: "none" };

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;
const isTensor = (value: Row): boolean =>
  typeof value.datatype === "string" && Array.isArray(value.shape) && Array.isArray(value.data);

export function keptBody(body: unknown): KeptBody {
  if (body === null) return { kind: "none" };
  if (!Array.isArray(body) || !body.every(isRow)) return { kind: "row", value: body };
  return { kind: body.every(isTensor) ? "tensors" : "rows", value: body };
}

/** As something that can be sent again with names; tensors go to an address of their own. */
export function rowsToCallWith(body: KeptBody): Rows | null {
  if (body.kind === "rows") return { inputs: body.value };
  return body.kind === "row" && isRow(body.value) ? { input: body.value } : null;
}
