import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from "@prisma/driver-adapter-utils";

type Durability = "normal" | "full";

const busyMs = 5_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One at a time, first come first served. */
class Turns {
  private last: Promise<void> = Promise.resolve();

  take(): Promise<() => void> {
    let release = () => {};
    const turn = this.last;
    this.last = new Promise((resolve) => {
      release = resolve;
    });
    return turn.then(() => release);
  }
}

const isRead = ({ sql }: SqlQuery): boolean => /^\s*SELECT\b/i.test(sql);

const isBusy = (error: unknown): boolean =>
  error instanceof DriverAdapterError &&
  ["SocketTimeout", "TransactionWriteConflict"].includes(error.cause.kind);

/**
 * Prisma's adapter has one connection for everything, so a statement that happens to run while another
 * request's transaction is open becomes part of it, and is lost when that one rolls back. Here reads have
 * a connection of their own (they see committed rows only, and never wait), and writes take turns.
 */
class SqliteConnections implements SqlDriverAdapter {
  readonly provider = "sqlite";
  readonly adapterName = "adyton-sqlite";
  private readonly turns = new Turns();

  constructor(
    private readonly writer: SqlDriverAdapter,
    private readonly reader: SqlDriverAdapter,
  ) {}

  queryRaw(query: SqlQuery) {
    return isRead(query) ? this.reader.queryRaw(query) : this.inTurn(() => this.writer.queryRaw(query));
  }

  executeRaw(query: SqlQuery) {
    return this.inTurn(() => this.writer.executeRaw(query));
  }

  executeScript(script: string) {
    return this.inTurn(() => this.writer.executeScript(script));
  }

  async startTransaction(): Promise<Transaction> {
    const release = await this.turns.take();
    try {
      // IMMEDIATE: a transaction that reads first and writes later would fail when another process wrote in between.
      await whileBusy(() => this.writer.executeScript("BEGIN IMMEDIATE"));
    } catch (error) {
      release();
      throw error;
    }
    const { writer } = this;
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      // Prisma sends COMMIT and ROLLBACK itself; what is left for us is to let the next one in.
      options: { usePhantomQuery: false },
      queryRaw: (query) => writer.queryRaw(query),
      executeRaw: (query) => writer.executeRaw(query),
      commit: async () => release(),
      rollback: async () => {
        // After a COMMIT that failed Prisma sends no ROLLBACK, and the next transaction would begin inside this one.
        try {
          await writer.executeScript("ROLLBACK");
        } catch {
          // The usual case: Prisma's own ROLLBACK has ended it already.
        } finally {
          release();
        }
      },
      createSavepoint: (name) => writer.executeScript(`SAVEPOINT ${name}`),
      rollbackToSavepoint: (name) => writer.executeScript(`ROLLBACK TO ${name}`),
      releaseSavepoint: (name) => writer.executeScript(`RELEASE SAVEPOINT ${name}`),
    };
  }

  async dispose() {
    const release = await this.turns.take();
    await this.reader.dispose();
    await this.writer.dispose();
    release();
  }

  private async inTurn<T>(write: () => Promise<T>): Promise<T> {
    const release = await this.turns.take();
    try {
      return await whileBusy(write);
    } finally {
      release();
    }
  }
}

/** Waits for another process's write without blocking this one, which SQLite's own busy timeout would do. */
async function whileBusy<T>(write: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + busyMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await sleep(pause);
    }
  }
}

export function sqliteAdapter(url: string, durability: Durability): SqlMigrationAwareDriverAdapterFactory {
  // A few milliseconds cover the tiny locks of WAL itself; longer waits are ours, above.
  const inner = new PrismaBetterSqlite3({ url, timeout: 20 });
  const synchronous = durability === "full" ? "FULL" : "NORMAL";
  const open = async () => {
    const connection = await inner.connect();
    await whileBusy(() =>
      connection.executeScript(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};`),
    );
    return connection;
  };
  return {
    provider: "sqlite",
    adapterName: "adyton-sqlite",
    connect: async () => new SqliteConnections(await open(), await open()),
    connectToShadowDb: () => inner.connectToShadowDb(),
  };
}
