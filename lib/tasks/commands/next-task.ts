import { minuteMs } from "../../core/time";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import type { Task } from "../queries";
import { settleTask, tell } from "./settle-task";

const untoldMs = 10 * minuteMs;
const tasksMax = 1_000;

/**
 * The tasks that have rows to run, in the order in which they are served: first the user whose tasks had no turn for
 * the longest time, and of one user's tasks the one that waited longest. So nobody's thousand pieces stand in the way
 * of somebody else's one. Tasks that only have to be ended are, on the way.
 */
export async function tasksInOrder(): Promise<Task[]> {
  const unfinished = await db().task.findMany({
    where: { state: { in: ["queued", "running", "cancelling"] } },
    orderBy: { servedAt: "asc" },
    take: tasksMax,
  });
  const waiting: Task[] = [];
  for (const task of unfinished) {
    const isDone = task.rowsDone + task.rowsFailed >= task.rows;
    if (isDone || task.state === "cancelling") await settleTask(task.id);
    else waiting.push(task);
  }
  return inTurn(waiting);
}

/** Of tasks by the time they were served. */
export function inTurn<T extends { userId: string; servedAt: Date }>(tasks: readonly T[]): T[] {
  const servedAt = new Map<string, number>();
  for (const { userId, servedAt: at } of tasks)
    servedAt.set(userId, Math.max(servedAt.get(userId) ?? 0, at.getTime()));
  const turnOf = ({ userId }: T): number => servedAt.get(userId) ?? 0;
  return tasks.toSorted((a, b) => turnOf(a) - turnOf(b) || a.servedAt.getTime() - b.servedAt.getTime());
}

/** Whoever ended a task may have died before telling of it. */
export async function tellOfLatest(): Promise<void> {
  const tasks = await db().task.findMany({
    where: { endedAt: { gt: new Date(now().getTime() - untoldMs) } },
    select: { id: true },
    take: tasksMax,
  });
  for (const { id } of tasks) await tell(id);
}
