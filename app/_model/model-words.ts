import type { z } from "zod";
import type { Column, Field, modelView, Result, Signature } from "@/lib/models/schema";

export type { Column, Field, Result, Signature };
export type ModelRow = z.infer<typeof modelView>;

/** "sepal_length" → "Sepal length" */
function spoken(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people call a column or a result; without a title its name, made readable. */
export const titleOf = ({ name, title }: { name: string; title: string | null }): string =>
  title ?? spoken(name);

const numbers = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });

/** Six digits say enough to a person; the JSON beside it has all of them. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e15) ? value.toExponential(3) : numbers.format(value);
}

/** "0.42 ms", "3.1 ms", "12 ms", "3.1 s" */
export function millisecondsText(ms: number): string {
  if (ms >= 999.5) return `${(ms / 1000).toFixed(1)} s`;
  return `${Number(ms.toFixed(ms >= 9.95 ? 0 : ms >= 0.995 ? 1 : 2))} ms`;
}

type Bounds = { min: number | null; max: number | null };

/** "0 to 10", "at least 0", "at most 10"; nothing without a bound. */
export function rangeText({ min, max }: Bounds): string {
  if (min !== null && max !== null) return `${numberText(min)} to ${numberText(max)}`;
  if (min !== null) return `at least ${numberText(min)}`;
  return max === null ? "" : `at most ${numberText(max)}`;
}

export const kindWords: Record<Column["kind"], string> = {
  number: "Number",
  integer: "Whole number",
  boolean: "Yes or no",
  category: "One of a list",
  text: "Text",
};

/** "setosa, versicolor or virginica"; of long lists the beginning and how many more there are. */
export const choiceText = (values: readonly string[]): string => joined(values, "disjunction", 5);

const enumerated = (values: readonly string[]): string => joined(values, "conjunction", 6);

function joined(values: readonly string[], type: "conjunction" | "disjunction", shownMax: number): string {
  if (values.length > shownMax)
    return `${values.slice(0, shownMax - 1).join(", ")} and ${values.length - shownMax + 1} more`;
  return new Intl.ListFormat("en-GB", { type }).format(values);
}

type Numeric = Bounds & { kind: string; unit: string | null };

/** "0 to 30 cm", "any whole number, in years" */
export function numericText({ kind, unit, ...bounds }: Numeric): string {
  const range = rangeText(bounds);
  if (range) return unit ? `${range} ${unit}` : range;
  const any = kind === "integer" ? "any whole number" : "any number";
  return unit ? `${any}, in ${unit}` : any;
}

/** What may stand in a column, in words: range, list of values or length. */
export function allowedText(column: Column): string {
  if (column.kind === "boolean") return "true or false";
  if (column.categories) return choiceText(column.categories);
  if (column.kind !== "text") return numericText(column);
  return column.length_max === null ? "any text" : `up to ${numberText(column.length_max)} characters`;
}

/** The inputs of a model in a line. */
export function inputsText({ signature, inputs }: Pick<ModelRow, "signature" | "inputs">): string {
  if (signature.columns) return enumerated(signature.columns.map((column) => titleOf(column).toLowerCase()));
  return inputs.length > 0 ? `tensors: ${enumerated(inputs.map(({ name }) => name))}` : "a JSON object";
}

/** What comes back, in a line. */
export function resultText({ signature: { result } }: Pick<ModelRow, "signature">): string {
  if (result.kind === "classes") return choiceText(result.labels);
  if (result.kind === "fields") return enumerated(result.fields.map((field) => titleOf(field).toLowerCase()));
  return "the values as the model gives them";
}
