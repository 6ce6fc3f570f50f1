"use client";

import { type FormEvent, lazy, Suspense, useRef, useState } from "react";
import { ApiError } from "@/app/_client/api";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { faultsOf } from "@/app/admin/_parts/faults-of";
import { ExampleLinks } from "./example-links";
import { ModelChoice } from "./model-choice";
import { PriceCard } from "./price-card";
import { RowsInput } from "./rows-input";
import { useCheck } from "./use-check";
import { useStart } from "./use-start";

/** Most files have none. */
const FaultsCard = lazy(() => import("./faults-card").then((module) => ({ default: module.FaultsCard })));

export type TaskModel = {
  name: string;
  /** Without named columns there is no CSV. */
  columns: readonly string[] | null;
  example: Record<string, unknown>;
};

type NewTaskProps = {
  choices: readonly { name: string; title: string }[];
  model: TaskModel;
  bytesMax: number;
  rowsMax: number;
};

export function NewTask({ choices, model, bytesMax, rowsMax }: NewTaskProps) {
  const { rows, check, choose, drop } = useCheck(model.name);
  const { starting, problem, start, forget } = useStart();
  // Until something is typed, the file names the task.
  const [typedName, setTypedName] = useState<string>();
  const [note, setNote] = useState("");
  const [isNameless, setIsNameless] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const name = typedName ?? rows?.name ?? "";
  const placed = problem ? faultsOf(new ApiError(problem), ["name", "note"]) : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!rows || check.phase !== "checked" || check.estimate.rows_faulty > 0) return;
    const isBlank = name.trim() === "";
    setIsNameless(isBlank);
    if (isBlank) return nameField.current?.focus();
    const refusal = await start(rows, { name: name.trim(), note: note.trim(), model: model.name });
    // The model has another version since the rows were checked.
    if (refusal?.code === "task.rows_invalid") void choose(rows);
  }

  function edit(set: (text: string) => void, text: string) {
    set(text);
    setIsNameless(false);
    // What the app said was about other words.
    if (placed) forget();
  }

  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="grid min-w-0 grid-cols-1 gap-4">
        <Card title="Rows">
          <div className="space-y-5">
            <ModelChoice choices={choices} chosen={model.name} isDisabled={starting !== null} />
            <RowsInput
              {...{ rows, check, bytesMax, rowsMax }}
              isLocked={starting !== null}
              onChoose={choose}
              onDrop={drop}
            />
            <ExampleLinks model={model} />
          </div>
        </Card>
        {check.phase === "checked" && check.estimate.rows_faulty > 0 && (
          <Suspense>
            <FaultsCard estimate={check.estimate} fileName={rows?.name ?? model.name} />
          </Suspense>
        )}
        <Card title="What it is called">
          <div className="space-y-5">
            <Field label="Name" error={isNameless ? "Give the task a name." : placed?.name}>
              <Input
                ref={nameField}
                maxLength={100}
                autoComplete="off"
                placeholder="Taken from the file"
                value={name}
                onChange={(event) => edit(setTypedName, event.target.value)}
              />
            </Field>
            <Field
              label="Note"
              isOptional
              hint="What it is for, so that you know it later."
              error={placed?.note}
            >
              <Input
                maxLength={500}
                autoComplete="off"
                value={note}
                onChange={(event) => edit(setNote, event.target.value)}
              />
            </Field>
          </div>
        </Card>
      </div>
      <PriceCard check={check} starting={starting} problem={placed ? undefined : problem} />
    </form>
  );
}
