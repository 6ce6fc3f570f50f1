import type { Signature } from "@/lib/models/schema";
import {
  type ColumnDraft,
  type FieldDraft,
  newColumn,
  newField,
  type SignatureDraft,
  toDraft,
} from "./draft";

type Whole = Omit<SignatureDraft, "columns" | "fields">;
type List = "columns" | "fields";

export type DraftChange =
  | { do: "set"; change: Partial<Whole> }
  | { do: "edit column"; key: number; change: Partial<ColumnDraft> }
  | { do: "edit field"; key: number; change: Partial<FieldDraft> }
  | { do: "add"; list: List }
  | { do: "remove"; list: List; key: number }
  | { do: "move"; list: List; key: number; by: -1 | 1 }
  | { do: "name columns"; names: readonly string[] }
  | { do: "start again"; signature: Signature };

type Keyed = { key: number };

const edited = <Row extends Keyed>(rows: Row[], key: number, change: Partial<Row>): Row[] =>
  rows.map((row) => (row.key === key ? { ...row, ...change } : row));

function moved<Row extends Keyed>(rows: Row[], key: number, by: number): Row[] {
  const from = rows.findIndex((row) => row.key === key);
  const to = from + by;
  const row = rows[from];
  if (!row || to < 0 || to >= rows.length) return rows;
  return rows.toSpliced(from, 1).toSpliced(to, 0, row);
}

/** The names in their order; more names than columns add columns like the last one. */
function named(columns: ColumnDraft[], names: readonly string[]): ColumnDraft[] {
  let result = columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
  for (const name of names.slice(columns.length)) result = [...result, { ...newColumn(result), name }];
  return result;
}

export function changeDraft(draft: SignatureDraft, step: DraftChange): SignatureDraft {
  switch (step.do) {
    case "set":
      return { ...draft, ...step.change };
    case "edit column":
      return { ...draft, columns: edited(draft.columns, step.key, step.change) };
    case "edit field":
      return { ...draft, fields: edited(draft.fields, step.key, step.change) };
    case "add":
      return step.list === "columns"
        ? { ...draft, columns: [...draft.columns, newColumn(draft.columns)] }
        : { ...draft, fields: [...draft.fields, newField(draft.fields)] };
    case "remove":
      return step.list === "columns"
        ? { ...draft, columns: draft.columns.filter(({ key }) => key !== step.key) }
        : { ...draft, fields: draft.fields.filter(({ key }) => key !== step.key) };
    case "move":
      return step.list === "columns"
        ? { ...draft, columns: moved(draft.columns, step.key, step.by) }
        : { ...draft, fields: moved(draft.fields, step.key, step.by) };
    case "name columns":
      return { ...draft, hasColumns: true, columns: named(draft.columns, step.names) };
    case "start again":
      return toDraft(step.signature);
  }
}
