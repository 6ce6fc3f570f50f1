import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { never } from "../../core/time";
import { now } from "../../infra/clock";
import { deleteInSteps, writeAside } from "../../infra/db/aside";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import type { TaskState } from "../domain";
import { getOwnTask } from "../queries";
import { stopTask } from "./cancel-task";

const over: TaskState[] = ["succeeded", "failed", "cancelled"];
const tasksAtOnce = 20;
const piecesAtOnce = 100;

/** Removes a task that is over, with its rows and results. What it cost stays recorded. */
export async function deleteTask(actor: UserActor, id: string): Promise<void> {
  await getOwnTask(actor, id);
  // From here on it is not there; its rows go in steps, and what a crash leaves goes when the app tidies up.
  const gone = await db().task.updateMany({
    where: { id, state: { in: over } },
    data: { expiresAt: never },
  });
  if (gone.count === 0)
    throw new AppError("task.not_possible", { detail: "This task still runs. Cancel it first." });
  await removeTask(id);
}

/** Tasks whose days are over. One that could not end in all that time is stopped. */
export async function removeOldTasks(): Promise<void> {
  const late = await db().task.findMany({
    where: { expiresAt: { lte: now() }, state: { notIn: over } },
    select: { id: true },
    take: 10 * tasksAtOnce,
  });
  for (const { id } of late) await stopTask(id);
  for (;;) {
    const tasks = await db().task.findMany({
      where: { expiresAt: { lte: now() }, state: { in: over } },
      select: { id: true },
      take: tasksAtOnce,
    });
    for (const { id } of tasks) await removeTask(id);
    if (tasks.length < tasksAtOnce) return;
  }
}

async function removeTask(id: string): Promise<void> {
  await deleteInSteps(
    (most) => Prisma.sql`
      DELETE FROM task_pieces WHERE task_id = ${id} AND number IN (
        SELECT number FROM task_pieces WHERE task_id = ${id} LIMIT ${most}) RETURNING number`,
    piecesAtOnce,
  );
  await writeAside([
    { sql: Prisma.sql`DELETE FROM tasks WHERE id = ${id} AND state IN ('succeeded', 'failed', 'cancelled')` },
  ]);
}
