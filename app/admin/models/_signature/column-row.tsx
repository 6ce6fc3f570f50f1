"use client";

import { type Dispatch, memo } from "react";
import { Checkbox } from "@/app/_components/checkbox";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/select";
import type { DraftChange } from "./change-draft";
import type { ColumnDraft, TensorSpec } from "./draft";
import { DraftInput, DraftLines } from "./draft-input";
import { NumberInputs } from "./number-inputs";
import { type Faults, faultAt, linesIn } from "./read-draft";
import { RowFrame } from "./row-frame";
import { columnKinds, rowSummary } from "./signature-words";

type ColumnRowProps = {
  column: ColumnDraft;
  index: number;
  count: number;
  inputs: readonly TensorSpec[];
  faults: Faults;
  dispatch: Dispatch<DraftChange>;
  onRemove: (key: number) => void;
};

const inside = [
  "title",
  "unit",
  "min",
  "max",
  "categories",
  "length_max",
  "example",
  "tensor",
  "description",
];

export const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { column, index, count, faults, dispatch, onRemove } = props;
  const { key } = column;
  const place = `columns/${index}`;
  const edit = (change: Partial<ColumnDraft>) => dispatch({ do: "edit column", key, change });
  return (
    <RowFrame
      what="column"
      index={index}
      count={count}
      name={column.name}
      kind={column.kind}
      kinds={columnKinds}
      summary={rowSummary(column)}
      nameFault={faultAt(faults, `${place}/name`) ?? faults[place]}
      hasFaultInside={inside.some((member) => faultAt(faults, `${place}/${member}`))}
      onName={(name) => edit({ name })}
      onKind={(kind) => edit({ kind: kind as ColumnDraft["kind"] })}
      onMove={(by) => dispatch({ do: "move", list: "columns", key, by })}
      onRemove={() => onRemove(key)}
    >
      <ColumnDetails {...props} edit={edit} faultOf={(member) => faultAt(faults, `${place}/${member}`)} />
    </RowFrame>
  );
});

type ColumnDetailsProps = Pick<ColumnRowProps, "column" | "inputs"> & {
  edit: (change: Partial<ColumnDraft>) => void;
  faultOf: (member: string) => string | undefined;
};

function ColumnDetails({ column, inputs, edit, faultOf }: ColumnDetailsProps) {
  const isNumeric = column.kind === "number" || column.kind === "integer";
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <DraftInput
        label="Title"
        hint="What people see. Empty: the name."
        maxLength={100}
        fault={faultOf("title")}
        value={column.title}
        onValue={(title) => edit({ title })}
        className={isNumeric ? "sm:col-span-2" : "sm:col-span-3"}
      />
      {isNumeric && <NumberInputs value={column} unitExample="cm" isRefused faultOf={faultOf} edit={edit} />}
      {column.kind === "category" && (
        <div className="space-y-3 sm:col-span-3">
          <DraftLines
            label="Values"
            hint="One on each line, in the order in which the model learned them."
            fault={faultOf("categories")}
            value={column.categories}
            onValue={(categories) => edit({ categories })}
          />
          <Checkbox
            label="One place for each value"
            hint="The model was trained with one-hot columns: a 1 in the place of the value and 0 in the others."
            checked={column.isOneHot}
            onChange={(event) => edit({ isOneHot: event.target.checked })}
          />
        </div>
      )}
      {column.kind === "text" && (
        <DraftInput
          label="Longest text"
          hint="In characters. Empty: any length."
          inputMode="numeric"
          fault={faultOf("length_max")}
          value={column.lengthMax}
          onValue={(lengthMax) => edit({ lengthMax })}
        />
      )}
      <ColumnExample column={column} edit={edit} faultOf={faultOf} />
      {inputs.length > 1 && (
        <Field label="Goes into" error={faultOf("tensor")} className="sm:col-span-2">
          <Select
            value={column.tensor}
            onChange={(event) => edit({ tensor: event.target.value })}
            options={[
              { value: "", label: `${inputs[0]?.name} (the first input)` },
              ...inputs.slice(1).map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        </Field>
      )}
      <DraftInput
        label="Explanation"
        hint="What somebody has to know to fill this in. Empty: nothing is shown."
        maxLength={2_000}
        fault={faultOf("description")}
        value={column.description}
        onValue={(description) => edit({ description })}
        className="sm:col-span-3"
      />
    </div>
  );
}

type ColumnExampleProps = Omit<ColumnDetailsProps, "inputs">;

/** Forms begin with it, and snippets show it. */
function ColumnExample({ column, edit, faultOf }: ColumnExampleProps) {
  const { kind, example } = column;
  const choices =
    kind === "boolean"
      ? [
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ]
      : linesIn(column.categories).map((value) => ({ value, label: value }));
  if (kind !== "boolean" && kind !== "category") {
    return (
      <DraftInput
        label="Example"
        hint="Forms begin with it."
        inputMode={kind === "text" ? "text" : "decimal"}
        maxLength={2_000}
        fault={faultOf("example")}
        value={example}
        onValue={(example) => edit({ example })}
      />
    );
  }
  return (
    <Field label="Example" hint="Forms begin with it." error={faultOf("example")}>
      <Select value={example} onChange={(event) => edit({ example: event.target.value })}>
        <option value="">None</option>
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
