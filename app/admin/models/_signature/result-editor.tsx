"use client";

import { Plus } from "lucide-react";
import { type Dispatch, useCallback, useId, useRef } from "react";
import { Button } from "@/app/_components/button";
import { ChoiceCard } from "@/app/_components/choice-card";
import { Field } from "@/app/_components/field";
import { FieldFault } from "@/app/_components/field-fault";
import { Select } from "@/app/_components/select";
import type { DraftChange } from "./change-draft";
import type { SignatureDraft, TensorSpec } from "./draft";
import { DraftInput, DraftLines } from "./draft-input";
import { FieldRow } from "./field-row";
import { type Faults, faultAt } from "./read-draft";
import { resultKinds } from "./signature-words";

type ResultEditorProps = {
  draft: SignatureDraft;
  outputs: readonly TensorSpec[];
  faults: Faults;
  dispatch: Dispatch<DraftChange>;
};

export function ResultEditor(props: ResultEditorProps) {
  const { draft, dispatch } = props;
  const name = useId();
  return (
    <fieldset className="space-y-4">
      <legend className="mb-1.5 font-semibold">What comes out</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {resultKinds.map(({ value, label, text }) => (
          <ChoiceCard
            key={value}
            radio={{
              name,
              checked: draft.resultKind === value,
              onChange: () => dispatch({ do: "set", change: { resultKind: value } }),
            }}
            value={value}
            label={label}
            text={text}
          />
        ))}
      </div>
      {draft.resultKind === "classes" && <ClassesEditor {...props} />}
      {draft.resultKind === "fields" && <FieldsEditor {...props} />}
    </fieldset>
  );
}

function ClassesEditor({ draft, outputs, faults, dispatch }: ResultEditorProps) {
  const set = (change: Partial<SignatureDraft>) => dispatch({ do: "set", change });
  const faultOf = (member: string) => faultAt(faults, `result/${member}`);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <DraftLines
        label="Classes"
        hint="One on each line, in the order in which the model learned them."
        fault={faultOf("labels")}
        value={draft.labels}
        onValue={(labels) => set({ labels })}
        className="sm:col-span-2"
      />
      <OutputChoice
        label="How likely each class is"
        hint="The output with one number for each class."
        outputs={outputs}
        fault={faultOf("probabilities")}
        value={draft.probabilities}
        onValue={(probabilities) => set({ probabilities })}
      />
      <OutputChoice
        label="Which class it is"
        hint="The output with its position or name. Without one the most likely counts."
        outputs={outputs}
        fault={faultOf("label")}
        value={draft.label}
        onValue={(label) => set({ label })}
      />
    </div>
  );
}

type OutputChoiceProps = {
  label: string;
  hint: string;
  outputs: readonly TensorSpec[];
  fault: string | undefined;
  value: string;
  onValue: (value: string) => void;
};

/** Of a service that answers with JSON nobody knows the members beforehand: they are written. */
function OutputChoice({ label, hint, outputs, fault, value, onValue }: OutputChoiceProps) {
  if (outputs.length === 0)
    return <DraftInput label={label} hint={hint} fault={fault} value={value} onValue={onValue} />;
  return (
    <Field label={label} hint={hint} error={fault}>
      <Select value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">Not given</option>
        {outputs.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function FieldsEditor({ draft, outputs, faults, dispatch }: ResultEditorProps) {
  const add = useRef<HTMLButtonElement>(null);
  const remove = useCallback(
    (key: number) => {
      dispatch({ do: "remove", list: "fields", key });
      add.current?.focus();
    },
    [dispatch],
  );
  return (
    <div className="space-y-2">
      <ul className="rounded-lg border bg-surface empty:hidden">
        {draft.fields.map((field, index) => (
          <FieldRow
            key={field.key}
            field={field}
            index={index}
            count={draft.fields.length}
            outputs={outputs}
            faults={faults}
            dispatch={dispatch}
            onRemove={remove}
          />
        ))}
      </ul>
      <FieldFault id="result-fields-fault" text={faults["result/fields"]} />
      <Button ref={add} size="sm" onClick={() => dispatch({ do: "add", list: "fields" })}>
        <Plus aria-hidden="true" />
        Add a result
      </Button>
    </div>
  );
}
