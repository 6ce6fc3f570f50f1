import type { ErrorCode } from "../../core/errors";
import { dayMs } from "../../core/time";
import { announceChange } from "../../infra/bus";
import { now } from "../../infra/clock";
import { NothingChanged, type Statement, writeAside } from "../../infra/db/aside";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { currentSettings } from "../../settings/queries";
import { releaseStatements } from "../../usage/ledger";
import { sendEvent } from "../../webhooks/commands/send-event";
import { lockTask } from "./piece-statements";

/**
 * Ends a task of which nothing is left to run, or that was cancelled and of which nothing runs any more, and gives
 * back what it still holds. Changes nothing where that is not so. Whoever ends it tells of it.
 */
export const settleTask = (id: string): Promise<boolean> =>
  end(
    id,
    Prisma.sql`CASE WHEN rows_done = rows THEN 'succeeded' WHEN rows_done + rows_failed = rows THEN 'failed'
      ELSE 'cancelled' END`,
    Prisma.sql`CASE WHEN rows_failed > 0 AND rows_done + rows_failed = rows THEN (
      SELECT code FROM task_pieces WHERE task_id = ${id} AND state = 'failed' ORDER BY number LIMIT 1) ELSE NULL END`,
    Prisma.sql`(state = 'cancelling' OR (state IN ('queued', 'running') AND rows_done + rows_failed = rows))`,
  );

/** Ends a task that cannot go on; its rows that are left can be resumed. Not while a piece of it runs. */
export const failTask = (id: string, code: ErrorCode): Promise<boolean> =>
  end(
    id,
    Prisma.sql`'failed'`,
    Prisma.sql`CAST(${code} AS text)`,
    Prisma.sql`state IN ('queued', 'running')`,
  );

async function end(id: string, state: Prisma.Sql, code: Prisma.Sql, when: Prisma.Sql): Promise<boolean> {
  const task = await db().task.findUnique({ where: { id } });
  if (!task) return false;
  const settings = await currentSettings();
  const at = now();
  const expiresAt = new Date(at.getTime() + settings.tasks_kept_days * dayMs);
  const release = task.reservationId === null ? [] : releaseStatements({ id: task.reservationId });
  const statements: Statement[] = [
    ...release,
    lockTask(id),
    // Whoever worked on these is gone.
    {
      sql: Prisma.sql`UPDATE task_pieces SET state = 'waiting', claim = NULL, claimed_until = NULL
        WHERE task_id = ${id} AND state = 'running' AND claimed_until <= ${at}`,
    },
    {
      sql: Prisma.sql`UPDATE tasks SET state = ${state}, code = ${code}, ended_at = ${at}, expires_at = ${expiresAt},
          reservation_id = NULL
        WHERE id = ${id} AND ${when}
          AND NOT EXISTS (SELECT 1 FROM task_pieces WHERE task_id = ${id} AND state = 'running')
          AND ${task.reservationId === null ? Prisma.sql`reservation_id IS NULL` : Prisma.sql`reservation_id = ${task.reservationId}`}
        RETURNING id`,
      isRequired: true,
    },
  ];
  try {
    await writeAside(statements);
  } catch (error) {
    if (error instanceof NothingChanged) return false;
    throw error;
  }
  announceChange([id]);
  await tell(id);
  return true;
}

/** Told once, however often this is called: whoever ended it may have died before. */
export async function tell(id: string): Promise<void> {
  const task = await db().task.findUnique({ where: { id } });
  if (!task?.endedAt) return;
  const facts = {
    id,
    name: task.name,
    state: task.state,
    code: task.code,
    rows: task.rows,
    rows_done: task.rowsDone,
    rows_failed: task.rowsFailed,
  };
  await sendEvent(task.userId, "task.completed", facts, { once: `${id} ${task.endedAt.toISOString()}` });
}
