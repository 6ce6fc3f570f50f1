import { randomBase62 } from "../../core/ids";
import { secondMs } from "../../core/time";
import { now } from "../../infra/clock";
import { NothingChanged, writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import type { Hold } from "../../usage/domain";
import type { TaskTerms } from "../domain";
import type { Task } from "../queries";
import { type Claim, mine } from "./piece-statements";

/** After the death of whoever works on a piece, so long it waits for somebody else. */
const claimMs = 10 * secondMs;
export const renewMs = 3 * secondMs;

const claimEnd = (): Date => new Date(now().getTime() + claimMs);

export type Claimed = Claim & {
  task: Task;
  terms: TaskTerms;
  rows: number;
  input: Record<string, unknown>[];
  attempts: number;
  /** What the task holds; of it this piece has its part. */
  hold: Omit<Hold, "units" | "cost"> | null;
};

/** Takes up the first piece of a task that waits, or whose worker is gone; null: there is none right now. */
export async function claimPiece(task: Task): Promise<Claimed | null> {
  const claim = randomBase62(20);
  const [at, until] = [now(), claimEnd()];
  try {
    const [, [piece] = [], [reservation] = []] = await writeAside([
      {
        sql: Prisma.sql`UPDATE tasks SET state = 'running', started_at = coalesce(started_at, ${at}), served_at = ${at}
          WHERE id = ${task.id} AND state IN ('queued', 'running') RETURNING id`,
        isRequired: true,
      },
      {
        sql: Prisma.sql`
          UPDATE task_pieces SET state = 'running', claim = ${claim}, claimed_until = ${until}, attempts = attempts + 1
          WHERE task_id = ${task.id} AND number = (
            SELECT number FROM task_pieces WHERE task_id = ${task.id} AND state IN ('waiting', 'running')
              AND (claimed_until IS NULL OR claimed_until <= ${at}) ORDER BY number LIMIT 1)
          RETURNING number, rows, input, attempts`,
        isRequired: true,
      },
      {
        sql: Prisma.sql`SELECT r.id, r.user_id, r.month, r.day FROM tasks AS t
          JOIN usage_reservations AS r ON r.id = t.reservation_id WHERE t.id = ${task.id}`,
      },
    ]);
    if (!piece) return null;
    return {
      ...{ taskId: task.id, number: Number(piece.number), claim, task },
      terms: JSON.parse(task.terms),
      rows: Number(piece.rows),
      input: JSON.parse(String(piece.input)),
      attempts: Number(piece.attempts),
      hold: reservation
        ? {
            id: String(reservation.id),
            userId: String(reservation.user_id),
            month: String(reservation.month),
            day: String(reservation.day),
          }
        : null,
    };
  } catch (error) {
    if (error instanceof NothingChanged) return null;
    throw error;
  }
}

/** Still at work on it. False: it is somebody else's by now. */
export async function renewClaim(claim: Claim): Promise<boolean> {
  const [rows = []] = await writeAside([
    {
      sql: Prisma.sql`UPDATE task_pieces SET claimed_until = ${claimEnd()} WHERE ${mine(claim)} RETURNING number`,
    },
  ]);
  return rows.length > 0;
}

/** Puts a piece back, to be tried again after a while. `isAttempt`: it counts as one that failed. */
export async function putBack(claim: Claim, waitMs: number, isAttempt: boolean): Promise<void> {
  const next = new Date(now().getTime() + waitMs);
  await writeAside([
    {
      sql: Prisma.sql`UPDATE task_pieces SET state = 'waiting', claim = NULL, claimed_until = ${next},
        attempts = attempts - ${isAttempt ? 0 : 1} WHERE ${mine(claim)} RETURNING number`,
    },
  ]);
}
