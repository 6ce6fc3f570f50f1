"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import type { Problem } from "@/app/_client/api";
import { jsonOf, type Rows, readJson, rowForForm } from "./json-rows";
import type { Column } from "./model-words";
import { type PlacedFaults, placeFaults } from "./place-faults";
import { type Draft, draftOf, type Faults, type Row, readDraft } from "./row-draft";
import { focusFault } from "./signature-form";

export type EditorMode = "form" | "json";
type Rest = PlacedFaults["rest"];

const noColumns: readonly Column[] = [];

/** Rows for a model, as fields or as JSON; what is typed in one is what the other shows next. */
export function useRowEditor(given: readonly Column[] | null, example: Row) {
  const columns = given ?? noColumns;
  const [mode, setMode] = useState<EditorMode>(given ? "form" : "json");
  const [draft, setDraft] = useState<Draft>(() => draftOf(columns, example));
  const [text, setText] = useState(() => jsonOf({ input: example }));
  const [faults, setFaults] = useState<Faults>({});
  const [rest, setRest] = useState<Rest>([]);
  const form = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  /** The last JSON that could be read: half a word is nothing one can call with. */
  const [typed, setTyped] = useState<Rows>({ input: example });

  const fieldRows = useMemo(() => readDraft(columns, draft), [columns, draft]);
  /** As far as it is filled in: for showing. */
  const rows: Rows = mode === "form" ? { input: fieldRows.row } : typed;

  const change = useCallback((name: string, value: string) => {
    setDraft((before) => ({ ...before, [name]: value }));
    setFaults((before) => (before[name] ? { ...before, [name]: "" } : before));
  }, []);

  /** Says what is wrong with a field when it is left; nothing yet about what is empty. */
  function leave(name: string) {
    const fault = fieldRows.faults[name];
    if (fault && draft[name] !== "") setFaults((before) => ({ ...before, [name]: fault }));
  }

  function changeText(next: string) {
    setText(next);
    const read = readJson(next);
    if (typeof read !== "string") setTyped(read);
    setRest([]);
  }

  function showText(problem: string) {
    setRest([{ where: "", text: problem }]);
    area.current?.focus();
  }

  function open(next: EditorMode) {
    if (next === mode) return;
    if (next === "json") {
      changeText(jsonOf({ input: fieldRows.row }));
      setFaults({});
    } else {
      const read = readJson(text);
      const row =
        typeof read === "string"
          ? read
          : rowForForm(
              read,
              columns.map(({ name }) => name),
            );
      if (typeof row === "string") return showText(row);
      setDraft(draftOf(columns, row));
    }
    setRest([]);
    setMode(next);
  }

  /** Fills in rows from elsewhere, as fields where these can show them. */
  function fill(next: Rows) {
    const row = rowForForm(
      next,
      columns.map(({ name }) => name),
    );
    const isForm = given !== null && typeof row !== "string";
    if (isForm) setDraft(draftOf(columns, row));
    changeText(jsonOf(next));
    setMode(isForm ? "form" : "json");
    setFaults({});
    setRest([]);
  }

  function show(next: Faults) {
    setFaults(next);
    focusFault(form.current, columns, next);
  }

  /** The rows to send; null, with the faults shown, when they cannot be sent yet. */
  function check(): Rows | null {
    setRest([]);
    if (mode === "form") {
      show(fieldRows.faults);
      return Object.keys(fieldRows.faults).length === 0 ? rows : null;
    }
    const read = readJson(text);
    if (typeof read !== "string") return read;
    showText(read);
    return null;
  }

  /** Shows what the API found wrong; false when nothing of it is about the rows. */
  function place({ errors }: Problem): boolean {
    const names = mode === "form" ? columns.map(({ name }) => name) : [];
    const placed = placeFaults(errors, names);
    if (mode === "form") show(placed.fields);
    else if (placed.rest.length > 0) area.current?.focus();
    setRest(placed.rest);
    return (errors?.length ?? 0) > 0;
  }

  return {
    ...{ columns, hasForm: given !== null, mode, draft, text, faults, rest, rows, form, area },
    ...{ change, leave, changeText, open, fill, check, place },
  };
}

export type RowEditorState = ReturnType<typeof useRowEditor>;
