"use client";

import { useId } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toast";
import type { TaskView } from "@/lib/tasks/schema";
import { changeTask } from "../_parts/task-calls";

type EditDialogProps = { task: TaskView; onChange: (task: TaskView) => void; onClose: () => void };

const rules = { name: notBlank("Give the task a name."), note: () => undefined };

export function EditDialog({ task, onChange, onClose }: EditDialogProps) {
  const id = useId();
  const form = useApiForm<Record<"name" | "note", string>>(rules, async ({ name, note }) => {
    onChange(await changeTask(task.id, { name: name.trim(), note: note.trim() }));
    toast.success("Task saved");
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={form.isBusy}
      title="Edit the task"
      description="Its rows and its results stay as they are."
      footer={
        <>
          <Button onClick={onClose} disabled={form.isBusy}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isBusy={form.isBusy}
            disabled={form.secondsLeft > 0}
          >
            Save changes
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={form.submit} noValidate className="space-y-5">
        <Field label="Name" error={form.errors.name}>
          <Input {...form.field("name")} defaultValue={task.name} maxLength={100} autoComplete="off" />
        </Field>
        <Field label="Note" isOptional error={form.errors.note}>
          <Input {...form.field("note")} defaultValue={task.note} maxLength={500} autoComplete="off" />
        </Field>
        <ProblemAlert problem={form.problem} secondsLeft={form.secondsLeft} />
      </form>
    </Dialog>
  );
}
