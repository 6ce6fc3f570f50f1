type Cell = string | number | boolean | null;

/** A spreadsheet would run a text that begins like a formula; with an apostrophe before it, it stays a text. */
const isFormula = /^\s*[=+\-@\t\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = isFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line as RFC 4180 has it. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(",")}\r\n`;

/** Rows with their members as columns, in the order that is named. */
export const csvTable = <K extends string>(columns: readonly K[], rows: readonly Record<K, Cell>[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join("");
