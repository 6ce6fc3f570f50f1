"use client";

import { Plus } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { FieldFault } from "@/app/_components/field-fault";
import { Switch } from "@/app/_components/switch";
import { formatNumber } from "@/app/admin/_parts/count";
import { ColumnRow } from "./column-row";
import type { TensorSpec } from "./draft";
import { PasteNames } from "./paste-names";
import { ResultEditor } from "./result-editor";
import type { SignatureForm } from "./use-signature";

/** A row is a dozen controls: a picture of 784 columns must not be drawn at every key. */
const drawnAtFirst = 40;

type SignatureEditorProps = {
  form: SignatureForm;
  /** Empty for a service that takes and gives JSON. */
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
};

/** The names people use for what goes into a model and what comes out. */
export function SignatureEditor({ form, inputs, outputs }: SignatureEditorProps) {
  const { draft, dispatch, faults, editor } = form;
  return (
    <div ref={editor} className="space-y-8">
      <section className="space-y-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h3 className="font-semibold">What goes in</h3>
          {draft.hasColumns && (
            <PasteNames
              count={draft.columns.length}
              onNames={(names) => dispatch({ do: "name columns", names })}
            />
          )}
        </div>
        {inputs.length > 0 && (
          <Switch
            label="Rows with named columns"
            hint="Off: callers send tensors by the names of the model, and there is no form to fill in."
            checked={draft.hasColumns}
            onChange={(event) => dispatch({ do: "set", change: { hasColumns: event.target.checked } })}
          />
        )}
        {draft.hasColumns && <Columns form={form} inputs={inputs} />}
        <FieldFault id="columns-fault" text={faults.columns} />
      </section>
      <ResultEditor draft={draft} outputs={outputs} faults={faults} dispatch={dispatch} />
    </div>
  );
}

function Columns({ form, inputs }: Pick<SignatureEditorProps, "form" | "inputs">) {
  const { draft, dispatch, faults } = form;
  const { columns } = draft;
  const [areAllDrawn, setAreAllDrawn] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const remove = useCallback(
    (key: number) => {
      dispatch({ do: "remove", list: "columns", key });
      add.current?.focus();
    },
    [dispatch],
  );
  const faulty = Object.keys(faults).some((place) => Number(place.split("/")[1]) >= drawnAtFirst);
  const drawn = areAllDrawn || faulty ? columns : columns.slice(0, drawnAtFirst);
  const hidden = columns.length - drawn.length;
  return (
    <div className="space-y-2">
      {inputs.length > 0 && (
        <p className="text-[13px] text-muted">
          Columns fill {inputs.length > 1 ? "each input" : "the input"} from first to last, so their order
          counts.
        </p>
      )}
      <ul className="rounded-lg border bg-surface empty:hidden">
        {drawn.map((column, index) => (
          <ColumnRow
            key={column.key}
            column={column}
            index={index}
            count={columns.length}
            inputs={inputs}
            faults={faults}
            dispatch={dispatch}
            onRemove={remove}
          />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {hidden > 0 && (
          <Button size="sm" onClick={() => setAreAllDrawn(true)}>
            Show {formatNumber(hidden)} more
          </Button>
        )}
        <Button
          ref={add}
          size="sm"
          onClick={() => {
            setAreAllDrawn(true);
            dispatch({ do: "add", list: "columns" });
          }}
        >
          <Plus aria-hidden="true" />
          Add a column
        </Button>
      </div>
    </div>
  );
}
