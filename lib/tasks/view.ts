import { type ErrorCode, errorTable } from "../core/errors";
import { asMoney } from "../core/money";
import { speedOf, type TaskState } from "./domain";
import type { TaskView } from "./schema";

/** A task as it was read, with what its row does not say of it. */
export type TaskRecord = {
  id: string;
  name: string;
  note: string;
  version: number;
  state: string;
  code: string | null;
  rows: number;
  rowsDone: number;
  rowsFailed: number;
  unitsCharged: bigint;
  costCharged: bigint;
  costMax: bigint;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  expiresAt: Date;
  /** The name of its model, when it was read, and what money is counted in. */
  model: string;
  readAt: Date;
  currency: string;
};

const titleOf = (code: string | null): string | null =>
  code === null ? null : `${errorTable[code as ErrorCode]?.title ?? code}.`;

const rounded = (value: number | null, places: number): number | null =>
  value === null ? null : Math.round(value * 10 ** places) / 10 ** places;

export function taskView(task: TaskRecord): TaskView {
  const state = task.state as TaskState;
  const { rowsPerSecond, secondsLeft } = speedOf({ ...task, state }, task.readAt);
  return {
    id: task.id,
    name: task.name,
    note: task.note,
    model: task.model,
    version: task.version,
    state,
    code: task.code,
    detail: titleOf(task.code),
    rows: task.rows,
    rows_done: task.rowsDone,
    rows_failed: task.rowsFailed,
    rows_per_second: rounded(rowsPerSecond, 2),
    seconds_left: rounded(secondsLeft, 1),
    usage: {
      units: Number(task.unitsCharged),
      cost: asMoney(Number(task.costCharged)),
      cost_max: asMoney(Number(task.costMax)),
      currency: task.currency,
    },
    created_at: task.createdAt.toISOString(),
    started_at: task.startedAt?.toISOString() ?? null,
    ended_at: task.endedAt?.toISOString() ?? null,
    expires_at: task.expiresAt.toISOString(),
  };
}
