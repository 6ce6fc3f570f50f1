import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { invalid } from "../../core/errors";
import type { Row } from "../../models/domain/encode-rows";
import type { LiveVersion } from "../../models/queries";
import type { Gathering } from "./gather-rows";

const recordBytesMax = 1024 * 1024;
const columnsMax = 10_000;

/** The first line names the columns; values become what the model's columns say they are. */
export async function readCsv(
  texts: AsyncIterable<string>,
  version: LiveVersion,
  gathering: Gathering,
): Promise<void> {
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordBytesMax,
    record_delimiter: ["\r\n", "\n", "\r"],
  });
  // Whatever goes wrong on the way ends the parser with it, and so the loop below.
  pipeline(Readable.from(texts), parser, () => {});
  let toRow: ((cells: string[]) => Row) | null = null;
  let names: string[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (toRow === null) {
        names = columnNames(cells);
        toRow = rowMaker(names, version);
      } else if (cells.length === names.length) gathering.take(toRow(cells));
      else
        gathering.refuse(
          `This line has ${cells.length} values, and the first line names ${names.length} columns.`,
          "Write a value for each column, and text with a comma in it between quotes.",
        );
      await gathering.breathe();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    gathering.refuse(faultWords(error), 'Write text with quotes in it as "like ""this""".');
  }
}

function columnNames(cells: string[]): string[] {
  const names = cells.map((name) => name.trim());
  const strange = names.find(
    (name, index) => name === "" || name === "__proto__" || names.indexOf(name) < index,
  );
  if (strange === undefined && names.length <= columnsMax) return names;
  throw invalid(
    "/columns",
    "The first line does not name the columns.",
    "Write the name of every column once on the first line, separated by commas.",
    "task.rows_invalid",
  );
}

const faultWords = ({ code }: CsvError): string =>
  code === "CSV_MAX_RECORD_SIZE"
    ? `This line is longer than ${recordBytesMax} bytes; perhaps a quote is never closed.`
    : code === "CSV_QUOTE_NOT_CLOSED"
      ? "A quote on this line is never closed."
      : "The quotes on this line do not fit.";

type Cell = (text: string) => unknown;

/** A cell that is empty is a value left out. */
function rowMaker(names: readonly string[], version: LiveVersion): (cells: string[]) => Row {
  const cells = names.map((name) => cellOf(name, version));
  return (texts) => {
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) {
      const text = texts[index] ?? "";
      if (text !== "") row[name] = cells[index]?.(text);
    }
    return row;
  };
}

/** What no column is called stays as it is: the reader says that the model has no such column. */
function cellOf(name: string, { signature, inputs }: LiveVersion): Cell {
  if (signature.columns === null) {
    const tensor = inputs.find((input) => input.name === name);
    if (tensor?.datatype === "BYTES") return tensorText;
    return tensor?.datatype.endsWith("INT64") ? anyWide : anything;
  }
  const kind = signature.columns.find((column) => column.name === name)?.kind;
  if (kind === "number") return asNumber;
  if (kind === "integer") return asWide;
  return kind === "boolean" ? asBoolean : asText;
}

const asText: Cell = (text) => text;

/** As JSON writes numbers, with a plus or a leading point too. */
const numberShape = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const asNumber: Cell = (text) => {
  const trimmed = text.trim();
  if (!numberShape.test(trimmed)) return text;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : text;
};

/** Digits that are too many to be exact as a number stay digits. */
const asWide: Cell = (text) => {
  const number = asNumber(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text.trim() : number;
};

const booleans = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

const asBoolean: Cell = (text) => booleans.get(text.trim().toLowerCase()) ?? text;

const isList = (text: string): boolean => text.trim().startsWith("[");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const tensorText: Cell = (text) => (isList(text) ? parsed(text) : text);

/** Nobody said what it is: a number, a yes or no, or a list where it looks like one. */
const anyOf =
  (number: Cell): Cell =>
  (text) => {
    if (isList(text)) return parsed(text);
    const lower = text.trim().toLowerCase();
    return lower === "true" || lower === "false" ? lower === "true" : number(text);
  };
const anything = anyOf(asNumber);
const anyWide = anyOf(asWide);
