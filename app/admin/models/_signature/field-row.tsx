"use client";

import { type Dispatch, memo } from "react";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/select";
import type { DraftChange } from "./change-draft";
import type { FieldDraft, TensorSpec } from "./draft";
import { DraftInput, DraftLines } from "./draft-input";
import { NumberInputs } from "./number-inputs";
import { type Faults, faultAt } from "./read-draft";
import { RowFrame } from "./row-frame";
import { fieldKinds, placeWords, rowSummary } from "./signature-words";

type FieldRowProps = {
  field: FieldDraft;
  index: number;
  count: number;
  /** Empty for a service that answers with JSON: then a result is a member of the answer. */
  outputs: readonly TensorSpec[];
  faults: Faults;
  dispatch: Dispatch<DraftChange>;
  onRemove: (key: number) => void;
};

const inside = ["title", "unit", "min", "max", "categories", "from", "index"];

/** One named value of a result. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { field, index, count, outputs, faults, dispatch, onRemove } = props;
  const { key } = field;
  const place = `result/fields/${index}`;
  const edit = (change: Partial<FieldDraft>) => dispatch({ do: "edit field", key, change });
  const faultOf = (member: string) => faultAt(faults, `${place}/${member}`);
  return (
    <RowFrame
      what="result"
      index={index}
      count={count}
      name={field.name}
      kind={field.kind}
      kinds={fieldKinds}
      summary={[rowSummary(field), placeWords(field, outputs.length > 0)].filter(Boolean).join(" · ")}
      nameFault={faultOf("name") ?? faults[place]}
      hasFaultInside={inside.some(faultOf)}
      onName={(name) => edit({ name })}
      onKind={(kind) => edit({ kind: kind as FieldDraft["kind"] })}
      onMove={(by) => dispatch({ do: "move", list: "fields", key, by })}
      onRemove={() => onRemove(key)}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <DraftInput
          label="Title"
          hint="What people see. Empty: the name."
          maxLength={100}
          fault={faultOf("title")}
          value={field.title}
          onValue={(title) => edit({ title })}
          className="sm:col-span-3"
        />
        {outputs.length > 0 ? (
          <>
            <Field label="Comes from" error={faultOf("from")} className="sm:col-span-2">
              <Select
                value={field.from}
                onChange={(event) => edit({ from: event.target.value })}
                options={[
                  { value: "", label: `${outputs[0]?.name} (the first output)` },
                  ...outputs.slice(1).map(({ name }) => ({ value: name, label: name })),
                ]}
              />
            </Field>
            <DraftInput
              label="Place"
              hint="Which of its values, from 0."
              inputMode="numeric"
              fault={faultOf("index")}
              value={field.index}
              onValue={(at) => edit({ index: at })}
            />
          </>
        ) : (
          <DraftInput
            label="Member of the answer"
            hint="Empty: the one with the same name."
            maxLength={200}
            fault={faultOf("from")}
            value={field.from}
            onValue={(from) => edit({ from })}
            className="sm:col-span-3"
          />
        )}
        {field.kind === "number" && (
          <NumberInputs value={field} unitExample="€" faultOf={faultOf} edit={edit} />
        )}
        {field.kind === "category" && (
          <DraftLines
            label="Values"
            hint="One on each line, in the order in which the model counts them."
            fault={faultOf("categories")}
            value={field.categories}
            onValue={(categories) => edit({ categories })}
            className="sm:col-span-3"
          />
        )}
      </div>
    </RowFrame>
  );
});
