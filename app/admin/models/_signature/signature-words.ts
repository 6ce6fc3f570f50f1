import type { Column, Field, Result } from "@/lib/models/schema";
import type { ColumnDraft, FieldDraft, TensorSpec } from "./draft";
import { linesIn } from "./read-draft";

export const columnKinds: readonly { value: Column["kind"]; label: string }[] = [
  { value: "number", label: "Number" },
  { value: "integer", label: "Whole number" },
  { value: "boolean", label: "Yes or no" },
  { value: "category", label: "One of a list" },
  { value: "text", label: "Text" },
];

export const fieldKinds: readonly { value: Field["kind"]; label: string }[] = [
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
  { value: "category", label: "One of a list" },
  { value: "text", label: "Text" },
];

export const resultKinds: readonly { value: Result["kind"]; label: string; text: string }[] = [
  {
    value: "classes",
    label: "A class",
    text: "One of several, with how sure the model is: “setosa, 98 %”.",
  },
  { value: "fields", label: "Named values", text: "One or more values with names: “price: 231,000 €”." },
  { value: "raw", label: "As it comes", text: "The numbers as the model gives them, without names." },
];

export const kindLabel = (kind: Column["kind"]): string =>
  columnKinds.find(({ value }) => value === kind)?.label ?? kind;

/** "FP32, any number of rows × 4" */
export function tensorWords({ datatype, shape }: TensorSpec): string {
  if (shape.length === 0) return `${datatype}, one value`;
  const sizes = shape.map((size, index) =>
    size >= 0 ? String(size) : index === 0 ? "any number of rows" : "any",
  );
  return `${datatype}, ${sizes.join(" × ")}`;
}

function rangeWords(min: string, max: string): string | null {
  if (min && max) return `${min} to ${max}`;
  if (min) return `at least ${min}`;
  return max ? `at most ${max}` : null;
}

/** Where a result is found: "probabilities, place 1", or a member of an answer in JSON. */
export const placeWords = ({ from, index, name }: FieldDraft, hasTensors: boolean): string =>
  hasTensors
    ? `${from.trim() || "first output"}, place ${index.trim() || "0"}`
    : `from “${from.trim() || name.trim()}”`;

/** What is said of a row while it is folded: "cm · 0 to 10 · for example 5.1". */
export function rowSummary(row: ColumnDraft | FieldDraft): string {
  const isNumeric = row.kind === "number" || row.kind === "integer";
  const count = linesIn(row.categories).length;
  const words = [
    row.title.trim() || null,
    isNumeric ? row.unit.trim() || null : null,
    isNumeric ? rangeWords(row.min.trim(), row.max.trim()) : null,
    row.kind === "category" ? `${count} ${count === 1 ? "value" : "values"}` : null,
    "isOneHot" in row && row.kind === "category" && row.isOneHot ? "one place each" : null,
    "example" in row && row.example.trim() ? `for example ${row.example.trim()}` : null,
  ];
  return words.filter(Boolean).join(" · ");
}
