import { countOf, type TensorSpec } from "../../runners/domain";
import type { Column } from "../schema";
import { type About, takesTensors } from "./place-columns";

/** A list of more values is no example anybody reads. */
const valuesMax = 2_000;

/**
 * A row that the model takes, to begin with. Of a model without columns it is made of tensors of zeros, and empty
 * where these would be pages long.
 */
export function exampleRow(
  about: Pick<About, "inputs" | "signature" | "runner" | "preset">,
): Record<string, unknown> {
  const { columns } = about.signature;
  if (columns) return Object.fromEntries(columns.map((column) => [column.name, exampleOf(column)]));
  if (!takesTensors(about)) return {};
  const shapes = about.inputs.map((spec) => spec.shape.map((size) => (size === -1 ? 1 : size)));
  const count = shapes.reduce((sum, shape) => sum + countOf(shape), 0);
  if (count > valuesMax) return {};
  return Object.fromEntries(about.inputs.map((spec, index) => [spec.name, zeros(spec, shapes[index] ?? [])]));
}

type Nested = number | boolean | string | Nested[];

function zeros(spec: TensorSpec, [size, ...inner]: readonly number[]): Nested {
  if (size === undefined) return spec.datatype === "BYTES" ? "" : spec.datatype === "BOOL" ? false : 0;
  return Array.from({ length: size }, () => zeros(spec, inner));
}

export function exampleOf(column: Column): number | boolean | string {
  if (column.example !== null) return column.example;
  switch (column.kind) {
    case "number":
    case "integer":
      return middleOf(column);
    case "boolean":
      return false;
    case "category":
      return column.categories?.[0] ?? "";
    case "text":
      return "text".slice(0, column.length_max ?? 4);
  }
}

/** The middle of the range, with no more digits than it takes to stay inside. */
function middleOf({ kind, min, max }: Column): number {
  const middle = min !== null && max !== null ? (min + max) / 2 : (min ?? max ?? 0);
  const isInside = (value: number) => (min === null || value >= min) && (max === null || value <= max);
  if (kind === "integer") return isInside(Math.floor(middle)) ? Math.floor(middle) : Math.ceil(middle);
  const short = Number(middle.toPrecision(2));
  return isInside(short) ? short : middle;
}
