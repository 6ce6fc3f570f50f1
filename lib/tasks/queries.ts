import type { UserActor } from "../core/actor";
import { AppError, invalid } from "../core/errors";
import { afterNewest, decodeCursor, encodeCursor, type Page, toPage } from "../core/page";
import { now } from "../infra/clock";
import { db, type Prisma } from "../infra/db/client";
import { env } from "../infra/env";
import { canSeeTask } from "./policy";
import type { TaskQuery, TaskResult } from "./schema";
import type { TaskRecord } from "./view";

export type Task = Prisma.TaskGetPayload<object>;

/** Kept days are a promise; one that still runs is there in any case. */
const unexpired = (): Prisma.TaskWhereInput => ({ OR: [{ expiresAt: { gt: now() } }, { endedAt: null }] });

/** The same as `canSeeTask`, as a question to the database. */
const ownOf = (actor: UserActor): Prisma.TaskWhereInput => ({
  userId: actor.user.id,
  ...(actor.kind === "key" ? { keyId: actor.key.id } : {}),
});

/** Newest first; see `canSeeTask` for what a key sees. */
export async function listTasks(actor: UserActor, query: TaskQuery): Promise<Page<TaskRecord>> {
  const rows = await db().task.findMany({
    where: {
      AND: [ownOf(actor), unexpired(), query.state ? { state: query.state } : {}, afterNewest(query.cursor)],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
  });
  const page = toPage(rows, query.limit, (row) => ({ value: row.createdAt.toISOString(), id: row.id }));
  return { ...page, items: await recordsOf(page.items) };
}

export async function getTask(actor: UserActor, id: string): Promise<TaskRecord> {
  const [record] = await recordsOf([await getOwnTask(actor, id)]);
  if (!record) throw new AppError("task.not_found");
  return record;
}

/** As its row is; anybody else's is not there. */
export async function getOwnTask(actor: UserActor, id: string): Promise<Task> {
  const row = await db().task.findFirst({ where: { id, ...unexpired() } });
  if (!row || !canSeeTask(actor, row)) throw new AppError("task.not_found");
  return row;
}

/** A model that was deleted still has its name. */
async function recordsOf(tasks: Task[]): Promise<TaskRecord[]> {
  const ids = [...new Set(tasks.map(({ modelId }) => modelId))];
  const models = await db().model.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const [readAt, { currency }] = [now(), env()];
  return tasks.map((task) => ({ ...task, model: names.get(task.modelId) ?? "", readAt, currency }));
}

const piecesAtOnce = 20;

type Start = { piece: number; firstRow: number };

/** The results that are there from a piece on, in order, a piece at a time; what still waits is left out. */
export async function* readResults(
  taskId: string,
  { piece, firstRow }: Start = { piece: 0, firstRow: 1 },
): AsyncGenerator<{ start: Start; results: TaskResult[] }> {
  let [number, row] = [piece, firstRow];
  for (;;) {
    const pieces = await db().taskPiece.findMany({
      where: { taskId, number: { gte: number } },
      orderBy: { number: "asc" },
      take: piecesAtOnce,
      select: { number: true, rows: true, state: true, output: true, code: true },
    });
    for (const each of pieces) {
      yield { start: { piece: each.number, firstRow: row }, results: resultsOf(each, row) };
      row += each.rows;
      number = each.number + 1;
    }
    if (pieces.length < piecesAtOnce) return;
  }
}

type StoredPiece = Pick<Prisma.TaskPieceGetPayload<object>, "rows" | "state" | "output" | "code">;

function resultsOf({ rows, state, output, code }: StoredPiece, firstRow: number): TaskResult[] {
  if (state === "done") {
    const outputs: unknown[] = JSON.parse(output ?? "[]");
    return outputs.map((each, index) => ({
      row: firstRow + index,
      status: "succeeded",
      code: null,
      output: each,
    }));
  }
  if (state !== "failed") return [];
  return Array.from({ length: rows }, (_, index) => ({
    row: firstRow + index,
    status: "failed",
    code,
    output: null,
  }));
}

/** The cursor says in which piece the page before ended, with which row that piece began, and its last row. */
export async function listResults(
  actor: UserActor,
  id: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<TaskResult>> {
  const task = await getOwnTask(actor, id);
  const { start, last } = placeOf(query.cursor);
  const found: { result: TaskResult; start: Start }[] = [];
  for await (const { start: at, results } of readResults(task.id, start)) {
    for (const result of results) if (result.row > last) found.push({ result, start: at });
    if (found.length > query.limit) break;
  }
  const items = found.slice(0, query.limit);
  const end = items.at(-1);
  const nextCursor =
    found.length > query.limit && end
      ? encodeCursor({
          value: `${end.start.piece}.${end.start.firstRow}.${end.result.row}`,
          id: task.id,
        })
      : null;
  return { items: items.map(({ result }) => result), nextCursor };
}

function placeOf(cursorText: string | undefined): { start: Start; last: number } {
  if (!cursorText) return { start: { piece: 0, firstRow: 1 }, last: 0 };
  const place = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(decodeCursor(cursorText).value);
  if (!place)
    throw invalid("/cursor", "The cursor is not one this list gave out.", "Use next_cursor unchanged.");
  const [piece = 0, firstRow = 1, last = 0] = place.slice(1).map(Number);
  return { start: { piece, firstRow }, last };
}
