import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { dayMs } from "../../core/time";
import { announceChange } from "../../infra/bus";
import { now } from "../../infra/clock";
import { NothingChanged, writeAside } from "../../infra/db/aside";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { currentPlan } from "../../plans/queries";
import { currentSettings } from "../../settings/queries";
import { holdStatements, quotaRefusal } from "../../usage/ledger";
import { pieceCostMax, type TaskTerms } from "../domain";
import { getOwnTask, getTask, type Task } from "../queries";
import type { TaskRecord } from "../view";
import { holdFor, requirePlace, tooMany } from "./take-place";

/**
 * A task that was cancelled or failed goes on with the rows that have no result yet, at the prices it was made with;
 * what they may cost is held anew.
 */
export async function resumeTask(actor: UserActor, id: string): Promise<TaskRecord> {
  const task = await getOwnTask(actor, id);
  if (task.state !== "cancelled" && task.state !== "failed") throw notStopped();
  const { bounds } = await currentPlan(actor.user.planId);
  const settings = await currentSettings();
  const ask = await costOfRest(task);
  const at = now();
  const expiresAt = new Date(at.getTime() + settings.tasks_kept_days * dayMs);
  const hold = holdFor(task.userId, bounds, ask);
  try {
    await writeAside([
      ...(hold ? holdStatements(hold, bounds, expiresAt.getTime() + dayMs, id) : []),
      ...requirePlace(task.userId, settings.tasks_per_user_max),
      {
        sql: Prisma.sql`UPDATE tasks SET state = 'queued', code = NULL, rows_failed = 0, ended_at = NULL,
            started_at = ${startFor(task, at)}, served_at = ${at}, expires_at = ${expiresAt},
            reservation_id = ${hold?.id ?? null}, cost_max = cost_charged + ${ask.cost}
          WHERE id = ${id} AND state = ${task.state} AND ended_at = ${task.endedAt} AND expires_at = ${task.expiresAt}
          RETURNING id`,
        isRequired: true,
      },
      {
        sql: Prisma.sql`UPDATE task_pieces SET state = 'waiting', claim = NULL, claimed_until = NULL, code = NULL,
          attempts = 0 WHERE task_id = ${id} AND state <> 'done'`,
      },
    ]);
  } catch (error) {
    if (!(error instanceof NothingChanged)) throw error;
    // Somebody else resumed it a moment ago, or there is no place or no quota for it.
    const current = await getOwnTask(actor, id);
    if (current.state !== task.state) throw notStopped();
    throw (
      (await tooMany(task.userId, settings.tasks_per_user_max)) ??
      (await quotaRefusal(task.userId, bounds, ask))
    );
  }
  announceChange([id]);
  return getTask(actor, id);
}

const notStopped = () =>
  new AppError("task.not_possible", { detail: "Only a task that was cancelled or failed can go on." });

/** As if it had not been stopped in between: its speed is that of the time it was at work. */
function startFor({ startedAt, endedAt }: Task, at: Date): Date | null {
  if (!startedAt || !endedAt) return null;
  return new Date(at.getTime() - (endedAt.getTime() - startedAt.getTime()));
}

async function costOfRest({ id, terms: text }: Task) {
  const terms: TaskTerms = JSON.parse(text);
  const sizes = await db().taskPiece.groupBy({
    by: ["rows"],
    where: { taskId: id, state: { not: "done" } },
    _count: { _all: true },
  });
  const ask = { units: 0, cost: 0 };
  for (const { rows, _count } of sizes) {
    ask.units += rows * _count._all;
    ask.cost += pieceCostMax(terms, rows) * _count._all;
  }
  return ask;
}
