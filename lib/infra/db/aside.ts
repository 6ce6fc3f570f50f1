import path from "node:path";
import { Worker } from "node:worker_threads";
import { env } from "../env";
import { singleton } from "../singleton";
import { asideNames, type Database, db } from "./client";
import type { Prisma } from "./generated/sqlite/client";
import { storedTime } from "./stored-time";

/** `isRequired`: it has to answer a row (`RETURNING`), or nothing of the whole is written. */
export type Statement = { sql: Prisma.Sql; isRequired?: boolean };
export type Row = Record<string, unknown>;
/**
 * For SQLite: one statement for each of many rows, with the values of a row in the order of its question marks. Less
 * than half as dear as taking the rows out of JSON, where rows are many and the statement is short.
 */
export type EachRow = { each: string; rows: readonly (readonly unknown[])[] };
export type Write = Statement | EachRow;

/** A required statement found nothing to change, so nothing was. */
export class NothingChanged extends Error {
  override name = "NothingChanged";
}

/**
 * Several statements as one transaction, away from the request loop: SQLite works on it in a thread of its own,
 * whose waiting for the write lock makes nobody else wait. Answers the rows of each statement.
 */
export async function writeAside(statements: readonly Write[]): Promise<Row[][]> {
  if (env().database === "sqlite") {
    const answers = await thread("writer").ask(statements);
    if (!answers) throw new NothingChanged();
    return answers;
  }
  // One alone is a transaction by itself, and the server is asked once instead of three times.
  const [only, ...others] = statements;
  if (only && others.length === 0) return [await answerOf(db(), only)];
  return db().$transaction(async (transaction) => {
    const answers: Row[][] = [];
    for (const statement of statements) answers.push(await answerOf(transaction, statement));
    return answers;
  });
}

async function answerOf(database: Database, statement: Write): Promise<Row[]> {
  if (!("sql" in statement)) throw new Error("rows one by one are for SQLite");
  const { sql, isRequired } = statement;
  const rows = (await database.$queryRaw<Row[]>(sql)).map(plainRow);
  if (isRequired && rows.length === 0) throw new NothingChanged();
  return rows;
}

/**
 * Deletes what a statement finds, in steps, so that nobody waits long for the database. `stepOf` deletes as many rows
 * as it is given at most, and answers one for each.
 */
export async function deleteInSteps(stepOf: (most: number) => Prisma.Sql, most = 1_000): Promise<void> {
  const sql = stepOf(most);
  for (;;) {
    const [deleted = []] = await writeAside([{ sql }]);
    if (deleted.length < most) return;
  }
}

/** A heavy read, away from the request loop; it sees what is committed. Numbers come as numbers on both databases. */
export async function readAside<T extends Row>(sql: Prisma.Sql): Promise<T[]> {
  if (env().database !== "sqlite") return (await db().$queryRaw<Row[]>(sql)).map(plainRow) as T[];
  const [rows = []] = (await thread("reader").ask([{ sql }])) ?? [];
  return rows as T[];
}

type Kind = keyof typeof asideNames;
const thread = (kind: Kind): Thread => singleton(asideNames[kind], () => new Thread(kind));

type Answer = { id: number; answers?: Row[][] | null; error?: { message: string; code?: string } };
type Pending = { resolve: (answers: Row[][] | null) => void; reject: (error: unknown) => void };

/** How long the thread waits for the write lock of other processes. */
const busyMs = 5_000;

class Thread {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(private readonly kind: Kind) {}

  ask(statements: readonly Write[]): Promise<Row[][] | null> {
    return new Promise((resolve, reject) => {
      this.worker ??= this.start();
      this.last += 1;
      this.pending.set(this.last, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id: this.last, statements: statements.map(asMessage) });
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(
      path.join(/* turbopackIgnore: true */ env().root, "lib/infra/db/aside-worker.mjs"),
      {
        workerData: {
          file: env().databaseUrl.slice("file:".length),
          isReader: this.kind === "reader",
          durability: env().durability,
          busyMs,
        },
      },
    );
    let reason: unknown = new Error("the database thread stopped");
    worker.on("message", (answer: Answer) => this.take(answer));
    worker.on("error", (error) => {
      reason = error;
    });
    worker.on("exit", () => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.pending.values()) reject(withCode(String(reason), "P1008"));
      this.pending.clear();
    });
    return worker;
  }

  private take({ id, answers, error }: Answer): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    // An idle thread must not keep a finished command from exiting.
    if (this.pending.size === 0) this.worker?.unref();
    if (error) pending?.reject(withCode(error.message, error.code));
    else pending?.resolve(answers ?? null);
  }
}

/** `isDatabaseUnavailable` reads the code: the caller gets a 503 where it is trouble that passes. */
const withCode = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

/** Rows travel as text: copying so many small values from one thread to another costs more than reading them again. */
const asMessage = (statement: Write) =>
  "sql" in statement
    ? {
        sql: statement.sql.sql,
        values: statement.sql.values.map(storedValue),
        isRequired: statement.isRequired,
      }
    : { sql: statement.each, rows: JSON.stringify(statement.rows) };

function storedValue(value: unknown): unknown {
  if (value instanceof Date) return storedTime(value);
  return typeof value === "boolean" ? Number(value) : value;
}

/** Postgres sums whole numbers into decimals, and gives the long ones as bigint. */
const plainRow = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value !== null && typeof value === "object" && "toNumber" in value) return Number(value);
  return value;
}
