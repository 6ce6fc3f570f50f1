import { LRUCache } from "lru-cache";
import { db } from "../../infra/db/client";
import { singleton } from "../../infra/singleton";
import { modelNumbers } from "../../predictions/numbers";

/** Milliseconds of work for a row, as the tasks of this process last met with it. */
const speeds = () => singleton("task-speeds", () => new LRUCache<string, number>({ max: 1_000 }));
/** How much the newest run counts. */
const weight = 0.3;

export function noteSpeed(modelId: string, rows: number, ms: number): void {
  const known = speeds().get(modelId);
  const rowMs = ms / rows;
  speeds().set(modelId, known === undefined ? rowMs : known + (rowMs - known) * weight);
}

/** Null: nothing is known of it yet. Calls say little of it: most of their time is not spent on their one row. */
export const measuredSpeed = (modelId: string): number | null => speeds().get(modelId) ?? null;

/** At most: of one whom only callers have used. */
function callersSpeed(modelId: string): number | null {
  const { calls, errors, rows, p50Ms } = modelNumbers(modelId);
  const answered = calls - errors;
  return p50Ms === null || answered === 0 || rows === 0 ? null : p50Ms / (rows / answered);
}

/** The same, from its last task where this process has not met it. */
export const msPerRowOf = async (modelId: string): Promise<number | null> =>
  measuredSpeed(modelId) ?? (await lastPace(modelId));

/** How long a row of a task takes in all, pauses and storing included; null when nothing is known. */
export async function expectedRowMs(modelId: string): Promise<number | null> {
  return (await lastPace(modelId)) ?? measuredSpeed(modelId) ?? callersSpeed(modelId);
}

async function lastPace(modelId: string): Promise<number | null> {
  const last = await db().task.findFirst({
    where: { modelId, state: "succeeded", startedAt: { not: null } },
    orderBy: { endedAt: "desc" },
    select: { rows: true, startedAt: true, endedAt: true },
  });
  if (!last?.startedAt || !last.endedAt) return null;
  return (last.endedAt.getTime() - last.startedAt.getTime()) / last.rows;
}
