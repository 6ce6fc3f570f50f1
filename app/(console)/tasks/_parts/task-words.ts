import type { Tone } from "@/app/_components/badge";
import { formatNumber } from "@/app/admin/_parts/count";
import type { TaskState } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";

type StateWords = { label: string; tone: Tone; text: string };

export const stateWords: Record<TaskState, StateWords> = {
  queued: { label: "Queued", tone: "neutral", text: "It waits for its turn." },
  running: { label: "Running", tone: "accent", text: "Its rows are being predicted." },
  cancelling: {
    label: "Cancelling",
    tone: "warning",
    text: "The rows that are in the model right now are finished; then it stops.",
  },
  succeeded: { label: "Succeeded", tone: "success", text: "All its rows have been through the model." },
  failed: { label: "Failed", tone: "danger", text: "Not every row has a result. What was done is kept." },
  cancelled: { label: "Cancelled", tone: "neutral", text: "It was stopped. What was done is kept." },
};

export const stateOptions = Object.entries(stateWords).map(([value, { label }]) => ({ value, label }));

/** Stopped early: it can go on where it stopped. */
export const canResume = ({ state }: Pick<TaskView, "state">): boolean =>
  state === "cancelled" || state === "failed";
export const canCancel = ({ state }: Pick<TaskView, "state">): boolean =>
  state === "queued" || state === "running";

type Counted = Pick<TaskView, "rows" | "rows_done" | "rows_failed">;

/** Those that have been through the model, with success or without. */
export const triedOf = ({ rows_done, rows_failed }: Counted): number => rows_done + rows_failed;
export const waitingOf = (task: Counted): number => task.rows - triedOf(task);

/** Whole percents; 100 only when really all of it is done. */
export const percentOf = (task: Counted): number =>
  task.rows === 0 ? 100 : Math.floor((triedOf(task) / task.rows) * 100);

export const doneText = (task: Counted): string =>
  `${formatNumber(triedOf(task))} of ${formatNumber(task.rows)} rows`;

export const rateText = (perSecond: number): string =>
  `${formatNumber(perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10)} rows a second`;

/** Cells and names that come from a file: short enough for a line. */
export const shortened = (text: string, lengthMax: number): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
