import type { Datatype } from "../../runners/domain";
import type { Column } from "../schema";
import { checkNamedRow } from "./check-named-row";
import type { ReadAll, Row } from "./encode-rows";
import { Faults, rowPath } from "./gather-faults";
import { readerOf } from "./read-value";

const depthMax = 32;
const valuesMax = 100_000;

/** The type whose rules say what an upstream without tensors is sent. */
const datatypeOf = ({ kind }: Column): Datatype =>
  kind === "number" || kind === "integer" ? "FP64" : "BYTES";

/** For upstreams that take rows as they are: the same checks, and the row is handed on unchanged. */
export function compilePlainRows(columns: readonly Column[] | null): ReadAll {
  if (columns === null) return anyRows;
  const readers = columns.map((column) => ({
    column,
    ...readerOf({ ...column, one_hot: false }, datatypeOf(column)),
  }));
  const names = columns.map(({ name }) => name);
  return (rows, isBatch) => {
    const faults = new Faults();
    for (const [index, row] of rows.entries()) {
      if (faults.isFull) break;
      checkNamedRow(row, readers, names, rowPath(index, isBatch), faults);
    }
    if (!faults.isEmpty) throw faults.toError();
    return { kind: "rows", rows: rows.map((row) => ({ ...row })) };
  };
}

/** Nobody said what the upstream takes: anything that is not there to exhaust whoever reads it. */
const anyRows: ReadAll = (rows, isBatch) => {
  const faults = new Faults();
  for (const [index, row] of rows.entries()) {
    if (isBounded(row)) continue;
    faults.add(rowPath(index, isBatch), {
      message: "This row is nested too deeply or holds too many values.",
      fix: `Send at most ${depthMax} levels and ${valuesMax} values.`,
    });
  }
  if (!faults.isEmpty) throw faults.toError();
  return { kind: "rows", rows: rows.map((row: Row) => ({ ...row })) };
};

/** Without recursion: what is nested too deeply is just what recursion would break on. */
export function isBounded(value: unknown): boolean {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > depthMax || count > valuesMax) return false;
    level = level.flatMap((item) => (item && typeof item === "object" ? Object.values(item) : []));
  }
  return true;
}
