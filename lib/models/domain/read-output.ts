import { AppError } from "../../core/errors";
import type { Tensor } from "../../runners/domain";
import { isWide } from "./number-ranges";
import type { About } from "./place-columns";
import { shortest } from "./round-float";

/** What an answer may be made of. */
export type Value = string | number | boolean | null;

export type Refuse = (reason: string) => AppError;

/**
 * An answer that does not fit the signature. Callers read the table's sentence; the reason is for the log and for
 * administrators. What an ONNX file gives hangs on its input alone, so there it is the model that failed.
 */
export const refusalOf =
  ({ runner }: Pick<About, "runner">): Refuse =>
  (reason) =>
    new AppError(runner === "onnx" ? "model.failed" : "upstream.invalid_answer", {
      cause: new Error(reason),
    });

/** One value as JSON can carry it: 64-bit numbers that JSON readers would round become text of digits. */
export function bareValue({ datatype, data }: Tensor, index: number): Value {
  const value = data[index] ?? null;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value !== "number") return value;
  if (datatype === "BOOL") return value !== 0;
  // JSON has no NaN and no infinity.
  if (!Number.isFinite(value)) return null;
  return shortest(value, datatype);
}

/** A number without rounding it first, or null when the type holds none. */
export function numberAt({ datatype, data }: Tensor, index: number): number | null {
  if (datatype === "BYTES") return null;
  return isWide(datatype) ? Number(data[index]) : (data[index] as number);
}

/** The values of one row, one after the other. */
export function widthOf(tensor: Tensor, rows: number, refuse: Refuse): number {
  const width = tensor.data.length / rows;
  if (!Number.isInteger(width) || width === 0)
    throw refuse(`${tensor.name} holds ${tensor.data.length} values for ${rows} rows.`);
  return width;
}

export function findOutput(outputs: readonly Tensor[], name: string | undefined, refuse: Refuse): Tensor {
  const found = outputs.find((output) => output.name === name);
  if (!found) throw refuse(`The answer has no output ${name}.`);
  return found;
}
