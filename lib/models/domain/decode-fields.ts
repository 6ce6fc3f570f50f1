import type { Tensor } from "../../runners/domain";
import type { Field } from "../schema";
import type { About } from "./place-columns";
import { bareValue, findOutput, numberAt, type Refuse, type Value, widthOf } from "./read-output";

/** What rounding to 32 bits may add to a value at the very bound. */
const tolerance = 1e-6;

export function requireField(value: unknown, field: Field, refuse: Refuse): Value {
  const { name, kind } = field;
  switch (kind) {
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value))
        throw refuse(`${name} is not a finite number.`);
      requireRange(value, field, refuse);
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw refuse(`${name} is neither true nor false.`);
      return value;
    case "category":
      return requireCategory(value, field, refuse);
    case "text":
      if (typeof value !== "string") throw refuse(`${name} is not text.`);
      return value;
  }
}

function requireRange(value: number, { name, min, max }: Field, refuse: Refuse): void {
  const slack = (bound: number) => tolerance * Math.max(1, Math.abs(bound));
  if (min !== null && value < min - slack(min)) throw refuse(`${name} is below ${min}.`);
  if (max !== null && value > max + slack(max)) throw refuse(`${name} is above ${max}.`);
}

function requireCategory(value: unknown, { name, categories }: Field, refuse: Refuse): string {
  const found = typeof value === "number" ? categories?.[value] : value;
  if (typeof found !== "string" || !categories?.includes(found))
    throw refuse(`${name} is none of its categories.`);
  return found;
}

export function compileFields(fields: readonly Field[], about: About, refuse: Refuse) {
  const first = about.outputs[0]?.name;
  return (outputs: readonly Tensor[], rows: number): Record<string, Value>[] => {
    const columns = fields.map((field) => {
      const tensor = findOutput(outputs, field.from ?? first, refuse);
      const width = widthOf(tensor, rows, refuse);
      if (field.index >= width) throw refuse(`${tensor.name} holds ${width} values for a row.`);
      return { field, tensor, width };
    });
    return Array.from({ length: rows }, (_, row) => {
      const output: Record<string, Value> = {};
      for (const { field, tensor, width } of columns)
        output[field.name] = requireField(
          fieldValue(tensor, row * width + field.index, field),
          field,
          refuse,
        );
      return output;
    });
  };
}

function fieldValue(tensor: Tensor, index: number, { kind }: Field): Value {
  if (kind === "boolean" && tensor.datatype !== "BYTES") return numberAt(tensor, index) !== 0;
  if (kind === "category") return numberAt(tensor, index) ?? bareValue(tensor, index);
  const value = bareValue(tensor, index);
  if (kind === "text" && value !== null) return String(value);
  // 64-bit numbers are promised as numbers here, so the last digits of very large ones are rounded.
  return kind === "number" && typeof value === "string" ? numberAt(tensor, index) : value;
}

/** The same from a row of an upstream's JSON. Members that nobody declared are left out. */
export function fieldsOfRow(fields: readonly Field[], row: unknown, refuse: Refuse): Record<string, Value> {
  const output: Record<string, Value> = {};
  for (const field of fields)
    output[field.name] = requireField(memberOf(row, field, fields.length === 1), field, refuse);
  return output;
}

function memberOf(row: unknown, { name, from, index }: Field, isOnly: boolean): unknown {
  const isRecord = row !== null && typeof row === "object" && !Array.isArray(row);
  // A service that has one thing to say often says just that.
  if (!isRecord) return isOnly || Array.isArray(row) ? at(row, index) : undefined;
  const member = from ?? name;
  return Object.hasOwn(row, member) ? at((row as Record<string, unknown>)[member], index) : undefined;
}

const at = (value: unknown, index: number): unknown => (Array.isArray(value) ? value[index] : value);
