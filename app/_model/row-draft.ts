import { type Column, numberText } from "./model-words";

export type Row = Record<string, unknown>;
/** What stands in the fields, as it was typed; by the name of the column. */
export type Draft = Readonly<Record<string, string>>;
/** What is wrong, by the name of the column. */
export type Faults = Readonly<Record<string, string>>;

const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** Fields filled with the values of a row. */
export const draftOf = (columns: readonly Column[], row: Row): Draft =>
  Object.fromEntries(columns.map(({ name }) => [name, textOf(row[name])]));

/** The row that the fields stand for. A value that is none yet is left as typed, so that it can be shown. */
export function readDraft(columns: readonly Column[], draft: Draft): { row: Row; faults: Faults } {
  const row: [string, unknown][] = [];
  const faults: [string, string][] = [];
  for (const column of columns) {
    const typed = draft[column.name] ?? "";
    const fault = faultIn(column, typed);
    if (fault) faults.push([column.name, fault]);
    row.push([column.name, readTyped(column, typed)]);
  }
  // Not by assignment: a column may be called __proto__.
  return { row: Object.fromEntries(row), faults: Object.fromEntries(faults) };
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readTyped({ kind }: Column, typed: string): unknown {
  if (kind === "category" || kind === "text") return typed;
  if (kind === "boolean") return typed === "" ? null : typed === "true";
  const text = typed.trim();
  // Whole numbers that JavaScript would round travel as text.
  if (kind === "integer" && /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return text;
  return decimal.test(text) ? Number(text) : text === "" ? null : typed;
}

function faultIn(column: Column, typed: string): string | undefined {
  const { kind, categories, length_max } = column;
  if (kind === "text")
    return length_max !== null && typed.length > length_max
      ? `Write at most ${numberText(length_max)} characters; these are ${numberText(typed.length)}.`
      : undefined;
  if (kind === "category") return categories?.includes(typed) ? undefined : "Choose one.";
  if (kind === "boolean") return typed === "" ? "Choose yes or no." : undefined;
  return numberFault(column, typed.trim());
}

function numberFault({ kind, min, max }: Column, text: string): string | undefined {
  if (text === "") return "Write a number.";
  if (/^[+-]?\d+,\d+$/.test(text)) return `Write it with a point: ${text.replace(",", ".")}.`;
  const value = Number(text);
  if (!decimal.test(text) || !Number.isFinite(value)) return "This is not a number.";
  if (kind === "integer" && !Number.isInteger(value)) return "Write a whole number.";
  if (min !== null && value < min) return `Write ${numberText(min)} or more.`;
  if (max !== null && value > max) return `Write ${numberText(max)} or less.`;
  return undefined;
}
