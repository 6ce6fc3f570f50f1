import { newId } from "../../core/ids";
import { costOf, type Prices } from "../../core/money";
import { nowMs } from "../../infra/clock";
import { NothingChanged, type Write, writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import type { CallRecord } from "../../usage/domain";
import { callStatements } from "../../usage/ledger";
import { pieceCost, pieceCostMax } from "../domain";
import type { Claimed } from "./claim-piece";
import { lockTask, mine } from "./piece-statements";
import type { Ran } from "./run-piece";

/**
 * The rows of a piece ran: its results, its charge, its record and the task's counters are written in one
 * transaction, if the piece is still claimed by us. So each row is in the results once and is paid once, whoever
 * dies when. True: nothing of the task is left to run.
 */
export async function endPiece(piece: Claimed, ran: Ran, expenses: Prices): Promise<boolean> {
  const { terms, rows } = piece;
  const work = { rows, ms: ran.workMs, tokens: ran.tokens };
  const record: CallRecord = {
    ...recordOf(piece, ran),
    code: null,
    units: rows,
    cost: pieceCost(terms, work),
    expense: costOf(expenses, work),
  };
  const hold = piece.hold && { ...piece.hold, units: rows, cost: pieceCostMax(terms, rows) };
  const output = JSON.stringify(ran.results);
  return write([
    ...(await callStatements([{ record, hold }])),
    lockTask(piece.taskId),
    {
      sql: Prisma.sql`UPDATE task_pieces SET state = 'done', output = ${output}, input = NULL, claim = NULL,
        claimed_until = NULL, code = NULL WHERE ${mine(piece)} RETURNING number`,
      isRequired: true,
    },
    {
      sql: Prisma.sql`UPDATE tasks SET rows_done = rows_done + ${rows}, units_charged = units_charged + ${record.units},
        cost_charged = cost_charged + ${record.cost} WHERE id = ${piece.taskId}
        RETURNING state, rows, rows_done, rows_failed`,
    },
  ]);
}

/** The rows of a piece could not be run, again and again: recorded as a failure of ours, which costs nothing. */
export async function failPiece(piece: Claimed, code: string, ran: Omit<Ran, "results">, expenses: Prices) {
  const expense = costOf(expenses, { rows: 0, ms: ran.workMs, tokens: 0 });
  const record: CallRecord = { ...recordOf(piece, ran), code, units: 0, cost: 0, expense };
  return write([
    ...(await callStatements([{ record, hold: null }])),
    lockTask(piece.taskId),
    {
      sql: Prisma.sql`UPDATE task_pieces SET state = 'failed', code = ${code}, claim = NULL, claimed_until = NULL
        WHERE ${mine(piece)} RETURNING number`,
      isRequired: true,
    },
    {
      sql: Prisma.sql`UPDATE tasks SET rows_failed = rows_failed + ${piece.rows} WHERE id = ${piece.taskId}
        RETURNING state, rows, rows_done, rows_failed`,
    },
  ]);
}

const recordOf = ({ task, rows }: Claimed, { queueMs, workMs, tokens }: Omit<Ran, "results">) => ({
  id: newId("prd"),
  userId: task.userId,
  keyId: task.keyId,
  modelId: task.modelId,
  version: task.version,
  at: nowMs(),
  ...{ rows, tokens, queueMs, workMs },
});

async function write(statements: Write[]): Promise<boolean> {
  try {
    const answers = await writeAside(statements);
    const task = answers.at(-1)?.[0];
    if (!task) return false;
    return (
      task.state === "cancelling" || Number(task.rows_done) + Number(task.rows_failed) >= Number(task.rows)
    );
  } catch (error) {
    // Somebody else has it, or the task is gone: what was worked out here is thrown away.
    if (error instanceof NothingChanged) return false;
    throw error;
  }
}
