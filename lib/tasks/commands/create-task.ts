import type { UserActor } from "../../core/actor";
import { newId } from "../../core/ids";
import { dayMs } from "../../core/time";
import { announceChange } from "../../infra/bus";
import { now } from "../../infra/clock";
import { NothingChanged, type Statement, writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { currentSettings } from "../../settings/queries";
import { holdStatements, quotaRefusal } from "../../usage/ledger";
import { getTask } from "../queries";
import type { TaskRecord } from "../view";
import { type NewPiece, rowsInvalid } from "./gather-rows";
import { type Prepared, prepareTask, type Rows, type Wanted } from "./prepare-task";
import { holdFor, requirePlace, tooMany } from "./take-place";

type About = Wanted & { name: string; note: string };

/**
 * All rows are checked first. Then the task, its rows and what it may cost at most are stored together, or nothing
 * is. Not audited: like a call of a model, it is the user's own work.
 */
export async function createTask(actor: UserActor, about: About, rows: Rows): Promise<TaskRecord> {
  const prepared = await prepareTask(actor, about, rows);
  if (prepared.gathered.rowsFaulty > 0) throw rowsInvalid(prepared.gathered);
  const { ask, bounds } = prepared;
  const settings = await currentSettings();
  const id = newId("tsk");
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + settings.tasks_kept_days * dayMs);
  const hold = holdFor(actor.user.id, bounds, ask);
  try {
    await writeAside([
      ...(hold ? holdStatements(hold, bounds, expiresAt.getTime() + dayMs, id) : []),
      ...requirePlace(actor.user.id, settings.tasks_per_user_max),
      insertTask(actor, about, prepared, { id, createdAt, expiresAt, reservationId: hold?.id ?? null }),
      ...insertPieces(id, prepared.gathered.pieces),
    ]);
  } catch (error) {
    if (!(error instanceof NothingChanged)) throw error;
    throw (
      (await tooMany(actor.user.id, settings.tasks_per_user_max)) ??
      (await quotaRefusal(actor.user.id, bounds, ask))
    );
  }
  announceChange([id]);
  return getTask(actor, id);
}

type Made = { id: string; createdAt: Date; expiresAt: Date; reservationId: string | null };

/** Served at its creation: who comes later waits until the others have had their turn once more. */
const insertTask = (
  actor: UserActor,
  { name, note }: About,
  { model, version, gathered, terms, ask }: Prepared,
  { id, createdAt, expiresAt, reservationId }: Made,
): Statement => ({
  sql: Prisma.sql`
    INSERT INTO tasks (id, user_id, key_id, name, note, model_id, version, state, rows, rows_done, rows_failed, chunks,
      terms, units_charged, cost_charged, cost_max, reservation_id, served_at, created_at, expires_at)
    VALUES (${id}, ${actor.user.id}, ${actor.kind === "key" ? actor.key.id : null}, ${name}, ${note}, ${model.id},
      ${version.number}, 'queued', ${gathered.rows}, 0, 0, ${gathered.pieces.length}, ${JSON.stringify(terms)}, 0, 0,
      ${ask.cost}, ${reservationId}, ${createdAt}, ${createdAt}, ${expiresAt})`,
});

const piecesAtOnce = 50;

function insertPieces(taskId: string, pieces: readonly NewPiece[]): Statement[] {
  const statements: Statement[] = [];
  for (let start = 0; start < pieces.length; start += piecesAtOnce) {
    const values = pieces
      .slice(start, start + piecesAtOnce)
      .map(
        ({ rows, input }, index) => Prisma.sql`(${taskId}, ${start + index}, ${rows}, 'waiting', ${input})`,
      );
    statements.push({
      sql: Prisma.sql`INSERT INTO task_pieces (task_id, number, rows, state, input) VALUES ${Prisma.join(values)}`,
    });
  }
  return statements;
}
