import type { UserActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { getOwnTask, getTask } from "../queries";
import type { TaskRecord } from "../view";

/** Name and note, whatever state it is in. */
export async function changeTask(
  actor: UserActor,
  id: string,
  { name, note }: { name: string; note: string },
): Promise<TaskRecord> {
  await getOwnTask(actor, id);
  await db().task.updateMany({ where: { id }, data: { name, note } });
  return getTask(actor, id);
}
