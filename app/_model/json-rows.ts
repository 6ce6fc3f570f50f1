import { jsonText } from "./literals";
import type { Row } from "./row-draft";

/** What a call sends: one row, or several. */
export type Rows = { input: Row } | { inputs: Row[] };

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const jsonOf = (rows: Rows): string => jsonText("input" in rows ? rows.input : rows.inputs);

/** An object is one row, a list of objects several; a sentence says why a text is neither. */
export function readJson(text: string): Rows | string {
  if (text.trim() === "") return "Write a JSON object with the inputs.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `This is not JSON yet: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
  if (isRow(value)) return { input: value };
  if (!Array.isArray(value))
    return "Write an object in braces for one row, or a list of such objects for several.";
  if (value.length === 0) return "The list is empty: write at least one row.";
  const odd = value.findIndex((row) => !isRow(row));
  return odd === -1 ? { inputs: value } : `Row ${odd + 1} of the list is no object in braces.`;
}

/** One row whose every member has a field. A sentence says why the fields cannot show it. */
export function rowForForm(rows: Rows, names: readonly string[]): Row | string {
  if ("inputs" in rows) return "The fields show one row, and this is a list of several.";
  const odd = Object.keys(rows.input).find((name) => !names.includes(name));
  return odd === undefined
    ? rows.input
    : `There is no field for “${odd.slice(0, 60)}”: the model has no such input.`;
}
