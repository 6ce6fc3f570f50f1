import { csvText } from "../_parts/csv-text";

type Row = Record<string, unknown>;

const cellText = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** A file that works: the names of the columns, and a row to write others after. */
export const exampleCsv = (names: readonly string[], example: Row): string =>
  csvText([[...names], names.map((name) => cellText(example[name]))]);

export const exampleLines = (example: Row): string => `${JSON.stringify(example)}\n`;
