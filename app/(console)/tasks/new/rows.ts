/** The rows of a task as they are sent: a file, or what was pasted. */
export type Rows = {
  body: Blob;
  type: RowsType;
  /** Of the file; or what was pasted. */
  label: string;
  /** A first proposal for the name of the task. */
  name: string;
};

export type RowsType = "text/csv" | "application/x-ndjson";

const types: Record<string, RowsType> = {
  csv: "text/csv",
  jsonl: "application/x-ndjson",
  ndjson: "application/x-ndjson",
};
export const acceptedFiles = ".csv,.jsonl,.ndjson,.json,text/csv,application/json";

/** A file as it is to be sent; a sentence says why it cannot be. */
export async function rowsOfFile(
  file: File,
  bytesMax: { bytes: number; text: string },
): Promise<Rows | string> {
  const [, stem = file.name, extension = ""] = /^(.*)\.([a-z]+)$/i.exec(file.name) ?? [];
  if (file.size === 0) return `${file.name} is empty. Choose a file with at least one row.`;
  if (file.size > bytesMax.bytes)
    return `${file.name} is larger than ${bytesMax.text}. Split it, or ask whoever runs this install to raise TASK_BYTES_MAX.`;
  const about = { label: file.name, name: stem.trim().slice(0, 100) || file.name.slice(0, 100) };
  const type = types[extension.toLowerCase()];
  if (type) return { ...about, body: file, type };
  if (extension.toLowerCase() !== "json")
    return `${file.name} is neither CSV nor JSON lines. Save a spreadsheet as CSV (UTF-8) first.`;
  const pasted = rowsOfText(await file.text());
  return typeof pasted === "string" ? pasted : { ...pasted, ...about };
}

const asRows = (lines: string, type: RowsType): Rows => ({
  body: new Blob([lines], { type }),
  type,
  label: "Pasted rows",
  name: "Pasted rows",
});

/** What people paste: CSV, cells of a spreadsheet, JSON lines, or a list or an object of JSON. */
export function rowsOfText(text: string): Rows | string {
  const trimmed = text.trim();
  if (trimmed === "") return "Paste at least one row.";
  if (!/^[[{]/.test(trimmed)) {
    // A tab at the end is a cell that is empty.
    const lines = text.replaceAll(/^[ \r\n]+|[ \r\n]+$/g, "");
    return asRows(isSheet(lines) ? csvOfSheet(lines) : lines, "text/csv");
  }
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    // Lines of JSON are none as a whole. What is wrong in a line is found with the other faults.
    if (trimmed.startsWith("{")) return asRows(trimmed, "application/x-ndjson");
    return `This is not JSON yet: ${error instanceof Error ? error.message : "it cannot be read"}.`;
  }
  const rows = Array.isArray(value) ? value : [value];
  if (rows.length === 0) return "The list is empty: write at least one row.";
  return asRows(rows.map((row) => JSON.stringify(row)).join("\n"), "application/x-ndjson");
}

/** Spreadsheets put tabs between the cells that are copied out of them. */
const isSheet = (text: string): boolean => {
  const [names = ""] = text.split(/\r?\n/, 1);
  return names.includes("\t") && !names.includes(",");
};

const csvOfSheet = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.split("\t").map(quoted).join(","))
    .join("\n");

/** What needed quotes in the sheet has them already; a comma needs them only now. */
const quoted = (cell: string): string =>
  cell.startsWith('"') || !cell.includes(",") ? cell : `"${cell.replaceAll('"', '""')}"`;
