"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toast";
import { priceText } from "@/app/_usage/price-text";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import type { TaskView } from "@/lib/tasks/schema";
import { cancelTask, deleteTask, resumeTask } from "../_parts/task-calls";
import { triedOf, waitingOf } from "../_parts/task-words";
import { EditDialog } from "./edit-dialog";

export type TaskAction = "edit" | "cancel" | "resume" | "delete";
type TaskDialogProps = { task: TaskView; onChange: (task: TaskView) => void; onClose: () => void };

/** One door to all dialogs about a task, fetched when the first one is wanted. */
export function TaskDialog({ action, ...props }: TaskDialogProps & { action: TaskAction }) {
  if (action === "edit") return <EditDialog {...props} />;
  if (action === "cancel") return <CancelDialog {...props} />;
  if (action === "resume") return <ResumeDialog {...props} />;
  return <DeleteDialog {...props} />;
}

function CancelDialog({ task, onChange, onClose }: TaskDialogProps) {
  const { rows_done, usage } = task;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Cancel this task?"
      confirmLabel="Stop it"
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            The <strong>{countOf(waitingOf(task), "row")}</strong> that are not done yet are not predicted.
            Those in the model at this moment are finished.
          </li>
          <li>
            The <strong>{formatNumber(rows_done)}</strong> that are done stay, and so does what they cost:{" "}
            <strong>{priceText(usage.cost, usage.currency)}</strong>. What was set aside for the others is
            free again.
          </li>
          <li>You can resume it later. No row is run or charged twice.</li>
        </ul>
      }
      onConfirm={async () => onChange(await inPlainWords(cancelTask(task.id)))}
    />
  );
}

function ResumeDialog({ task, onChange, onClose }: TaskDialogProps) {
  const { rows, rows_done, usage } = task;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="neutral"
      title="Resume this task?"
      confirmLabel="Resume"
      consequences={
        <>
          The <strong>{countOf(rows - rows_done, "row")}</strong> without a result are predicted, those that
          failed among them. All of the task together costs at most{" "}
          <strong>{priceText(usage.cost_max, usage.currency)}</strong>; of that{" "}
          <strong>{priceText(usage.cost, usage.currency)}</strong> is charged already.
        </>
      }
      onConfirm={async () => onChange(await inPlainWords(resumeTask(task.id)))}
    />
  );
}

function DeleteDialog({ task, onClose }: TaskDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete “${task.name}”?`}
      confirmLabel="Delete task"
      // A page shows several blanks as one, and that is what people type.
      typeToConfirm={task.name.trim().replaceAll(/\s+/g, " ")}
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            Its <strong>{countOf(triedOf(task), "result")}</strong> are removed for good. Download them first
            if you need them.
          </li>
          <li>What was charged for it stays charged, and stays in the usage.</li>
          <li>This cannot be undone.</li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(deleteTask(task.id));
        toast.success("Task deleted", { description: task.name });
        router.push("/tasks");
      }}
    />
  );
}
