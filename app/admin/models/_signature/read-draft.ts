import type { Column, Field, Result, Signature } from "@/lib/models/schema";
import type { ColumnDraft, FieldDraft, SignatureDraft } from "./draft";

/** By the place in the signature, as the API points at it: "columns/0/min". */
export type Faults = Readonly<Record<string, string>>;

export const linesIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const trimmed = (text: string): string | null => text.trim() || null;

/** Collects what is wrong while values are read, so that all of it is shown at once. */
class Reader {
  readonly faults: Record<string, string> = {};

  note(place: string, text: string): void {
    this.faults[place] ??= text;
  }

  number(text: string, place: string): number | null {
    if (text.trim() === "") return null;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    this.note(place, "Write a number such as 4.5, or leave it empty.");
    return null;
  }

  whole(text: string, place: string): number | null {
    const value = this.number(text, place);
    if (value === null || (Number.isInteger(value) && value >= 0)) return value;
    this.note(place, "Write a whole number.");
    return null;
  }

  range(draft: { min: string; max: string }, place: string) {
    const min = this.number(draft.min, `${place}/min`);
    const max = this.number(draft.max, `${place}/max`);
    if (min !== null && max !== null && min > max)
      this.note(`${place}/max`, "The most is smaller than the least.");
    return { min, max };
  }

  names(rows: readonly { name: string }[], list: string, what: string): void {
    const seen = new Set<string>();
    rows.forEach(({ name }, index) => {
      const place = `${list}/${index}/name`;
      if (name.trim() === "") this.note(place, `Give the ${what} a name.`);
      else if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name.trim()))
        this.note(place, "Letters, digits and _ only, and a letter first, such as petal_width.");
      else if (seen.has(name.trim())) this.note(place, `Another ${what} has this name already.`);
      seen.add(name.trim());
    });
  }

  categories(text: string, place: string): string[] {
    const categories = linesIn(text);
    if (categories.length === 0) this.note(place, "Write the values it can have, one on each line.");
    if (new Set(categories).size < categories.length) this.note(place, "One of them is there twice.");
    return categories;
  }

  example(draft: ColumnDraft, place: string): Column["example"] {
    const text = draft.example.trim();
    if (text === "") return null;
    if (draft.kind === "boolean") return text === "true";
    if (draft.kind === "number") return this.number(text, place);
    if (draft.kind === "integer") {
      const value = this.number(text, place);
      if (value !== null && !Number.isInteger(value)) this.note(place, "Write a whole number.");
      return value;
    }
    if (draft.kind === "category" && !linesIn(draft.categories).includes(text))
      this.note(place, "This is none of the values above.");
    return text;
  }
}

const isNumeric = (kind: Column["kind"]): boolean => kind === "number" || kind === "integer";

/** What a kind has no use for is left out, whatever was written there before the kind was changed. */
function readColumn(reader: Reader, draft: ColumnDraft, place: string): Column {
  const { kind } = draft;
  const isCategory = kind === "category";
  return {
    name: draft.name.trim(),
    title: trimmed(draft.title),
    description: trimmed(draft.description),
    kind,
    unit: isNumeric(kind) ? trimmed(draft.unit) : null,
    ...(isNumeric(kind) ? reader.range(draft, place) : { min: null, max: null }),
    categories: isCategory ? reader.categories(draft.categories, `${place}/categories`) : null,
    one_hot: isCategory && draft.isOneHot,
    length_max: kind === "text" ? reader.whole(draft.lengthMax, `${place}/length_max`) : null,
    example: reader.example(draft, `${place}/example`),
    tensor: trimmed(draft.tensor),
  };
}

function readField(reader: Reader, draft: FieldDraft, place: string): Field {
  const isNumber = draft.kind === "number";
  return {
    name: draft.name.trim(),
    title: trimmed(draft.title),
    kind: draft.kind,
    unit: isNumber ? trimmed(draft.unit) : null,
    ...(isNumber ? reader.range(draft, place) : { min: null, max: null }),
    categories: draft.kind === "category" ? reader.categories(draft.categories, `${place}/categories`) : null,
    from: trimmed(draft.from),
    index: reader.whole(draft.index, `${place}/index`) ?? 0,
  };
}

function readResult(reader: Reader, draft: SignatureDraft): Result {
  if (draft.resultKind === "raw") return { kind: "raw" };
  if (draft.resultKind === "classes") {
    const labels = linesIn(draft.labels);
    if (labels.length < 2) reader.note("result/labels", "Write at least two classes, one on each line.");
    return {
      kind: "classes",
      labels,
      probabilities: trimmed(draft.probabilities),
      label: trimmed(draft.label),
    };
  }
  if (draft.fields.length === 0) reader.note("result/fields", "Add at least one result.");
  reader.names(draft.fields, "result/fields", "result");
  return {
    kind: "fields",
    fields: draft.fields.map((field, index) => readField(reader, field, `result/fields/${index}`)),
  };
}

/** The signature as it would be sent, and what the browser can see is wrong with it. */
export function readDraft(draft: SignatureDraft): { signature: Signature; faults: Faults } {
  const reader = new Reader();
  if (draft.hasColumns) {
    if (draft.columns.length === 0) reader.note("columns", "Add at least one column, or take tensors alone.");
    reader.names(draft.columns, "columns", "column");
  }
  const columns = draft.hasColumns
    ? draft.columns.map((column, index) => readColumn(reader, column, `columns/${index}`))
    : null;
  return { signature: { columns, result: readResult(reader, draft) }, faults: reader.faults };
}

/** The fault of a place, or of something inside it: "columns/0/categories/2" belongs to "columns/0/categories". */
export function faultAt(faults: Faults, place: string): string | undefined {
  if (faults[place]) return faults[place];
  return Object.entries(faults).find(([at]) => at.startsWith(`${place}/`))?.[1];
}
