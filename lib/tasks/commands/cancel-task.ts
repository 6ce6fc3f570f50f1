import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { announceChange } from "../../infra/bus";
import { writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { getOwnTask, getTask } from "../queries";
import type { TaskRecord } from "../view";
import { settleTask } from "./settle-task";

/**
 * No further row of it begins; what runs may end, and what was done is kept and paid. Cancelled again, it is as it
 * was.
 */
export async function cancelTask(actor: UserActor, id: string): Promise<TaskRecord> {
  await getOwnTask(actor, id);
  await stopTask(id);
  const task = await getTask(actor, id);
  if (task.state === "succeeded" || task.state === "failed") {
    throw new AppError("task.not_possible", { detail: "This task is over already." });
  }
  return task;
}

export async function stopTask(id: string): Promise<void> {
  await writeAside([
    {
      sql: Prisma.sql`UPDATE tasks SET state = 'cancelling' WHERE id = ${id} AND state IN ('queued', 'running')
        RETURNING id`,
    },
  ]);
  announceChange([id]);
  await settleTask(id);
}
