import type { z } from "zod";
import type { Column, Field, Result, Signature, signature, tensorSpec } from "@/lib/models/schema";

export type TensorSpec = z.infer<typeof tensorSpec>;
export type SignatureInput = z.input<typeof signature>;

/** A column or result as it is being written: numbers and lists are still text. */
type Draft = { key: number; name: string; title: string; unit: string; min: string; max: string };
export type ColumnDraft = Draft & {
  kind: Column["kind"];
  description: string;
  /** One per line. */
  categories: string;
  isOneHot: boolean;
  lengthMax: string;
  example: string;
  tensor: string;
};
export type FieldDraft = Draft & { kind: Field["kind"]; categories: string; from: string; index: string };

export type SignatureDraft = {
  hasColumns: boolean;
  columns: ColumnDraft[];
  resultKind: Result["kind"];
  /** Of `classes`: one per line. */
  labels: string;
  probabilities: string;
  label: string;
  /** Of `fields`. */
  fields: FieldDraft[];
};

const textOf = (value: string | number | boolean | null): string => (value === null ? "" : String(value));
const linesOf = (values: readonly string[] | null): string => (values ?? []).join("\n");

const columnDraft = (column: Column, key: number): ColumnDraft => ({
  key,
  name: column.name,
  title: textOf(column.title),
  description: textOf(column.description),
  kind: column.kind,
  unit: textOf(column.unit),
  min: textOf(column.min),
  max: textOf(column.max),
  categories: linesOf(column.categories),
  isOneHot: column.one_hot,
  lengthMax: textOf(column.length_max),
  example: textOf(column.example),
  tensor: textOf(column.tensor),
});

const fieldDraft = (field: Field, key: number): FieldDraft => ({
  key,
  name: field.name,
  title: textOf(field.title),
  kind: field.kind,
  unit: textOf(field.unit),
  min: textOf(field.min),
  max: textOf(field.max),
  categories: linesOf(field.categories),
  from: textOf(field.from),
  index: textOf(field.index),
});

/** A name that is still free: "column_3". */
function freeName(list: readonly { name: string }[], stem: string): string {
  let number = list.length + 1;
  while (list.some(({ name }) => name === `${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

const nextKey = (list: readonly { key: number }[]): number =>
  list.reduce((most, { key }) => Math.max(most, key), -1) + 1;

export function newColumn(list: readonly ColumnDraft[]): ColumnDraft {
  const last = list.at(-1);
  return {
    key: nextKey(list),
    name: freeName(list, "column"),
    title: "",
    description: "",
    kind: last?.kind ?? "number",
    unit: "",
    min: "",
    max: "",
    categories: "",
    isOneHot: false,
    lengthMax: "",
    example: "",
    tensor: last?.tensor ?? "",
  };
}

export const newField = (list: readonly FieldDraft[]): FieldDraft => ({
  key: nextKey(list),
  name: freeName(list, "result"),
  title: "",
  kind: "number",
  unit: "",
  min: "",
  max: "",
  categories: "",
  from: list.at(-1)?.from ?? "",
  index: String(list.length),
});

/** Whatever kind of result it has, the other kinds begin with something that can be kept or changed. */
export function toDraft({ columns, result }: Signature): SignatureDraft {
  const classes = result.kind === "classes" ? result : null;
  return {
    hasColumns: columns !== null,
    columns: columns?.map(columnDraft) ?? [newColumn([])],
    resultKind: result.kind,
    labels: linesOf(classes?.labels ?? null),
    probabilities: textOf(classes?.probabilities ?? null),
    label: textOf(classes?.label ?? null),
    fields: result.kind === "fields" ? result.fields.map(fieldDraft) : [newField([])],
  };
}
