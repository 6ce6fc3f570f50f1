import Sqlite from "better-sqlite3";
import pg from "pg";
import { expect, test } from "vitest";
import { newId } from "../../core/ids";
import { useDatabase } from "../../testing/database";
import { door } from "../../testing/door";
import { freePort } from "../../testing/postgres";
import { env } from "../env";
import { writeAside } from "./aside";
import { db } from "./client";
import { isDatabaseUnavailable } from "./errors";
import { Prisma } from "./generated/sqlite/client";

const isPostgres = env().database === "postgres";
const setting = () => ({ key: newId("req"), value: "x".repeat(20_000), updatedAt: new Date() });

const reads = {
  "a read": () => db().setting.findMany(),
  "a raw read": () => db().$queryRaw`SELECT key FROM settings`,
};
const writes = {
  "a write": () => db().setting.create({ data: setting() }),
  "a raw write": () =>
    db().$executeRaw`INSERT INTO settings SELECT ${newId("req")}, value, updated_at FROM settings LIMIT 1`,
  "a transaction": () =>
    db().$transaction(async (transaction) => void (await transaction.setting.create({ data: setting() }))),
  "a write aside": () => writeAside([{ sql: Prisma.sql`UPDATE settings SET value = ${"y".repeat(30_000)}` }]),
};

/** What each of them ends with: nothing, or whether it is taken for trouble that passes. */
async function outcomes(all: Record<string, () => PromiseLike<unknown>>): Promise<Record<string, unknown>> {
  const ends = Object.entries(all).map(async ([name, work]) => {
    const end = await work().then(
      () => "done",
      (error: unknown) => (isDatabaseUnavailable(error) ? "away" : error),
    );
    return [name, end];
  });
  return Object.fromEntries(await Promise.all(ends));
}

const every = (all: object, end: string) => Object.fromEntries(Object.keys(all).map((name) => [name, end]));

async function asAdministrator(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** The connections to this database, but for the one that asks. */
const others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
const cutAll = `SELECT pg_terminate_backend(pid) ${others}`;

/** Whoever gets a connection that was just cut is told so; the ones after that get new ones. */
const readsAreBack = () => expect.poll(() => outcomes(reads)).toEqual(every(reads, "done"));

test("a statement that is wrong is no trouble of the database", async () => {
  const end = await outcomes({
    raw: () => db().$queryRaw`SELECT * FROM no_such_table`,
    aside: () => writeAside([{ sql: Prisma.sql`SELECT * FROM no_such_table` }]),
    model: () => db().setting.update({ where: { key: "no such" }, data: { value: "1" } }),
  });
  expect(Object.values(end).every((error) => error instanceof Error)).toBe(true);
});

if (isPostgres) {
  test("Postgres that is not there", async () => {
    await useDatabase({ settings: { DATABASE_URL: `postgresql://127.0.0.1:${await freePort()}/adyton` } });
    const all = { ...reads, ...writes };
    expect(await outcomes(all)).toEqual(every(all, "away"));
    await useDatabase();
  });

  test("Postgres whose connections are all in use", async () => {
    const held = Array.from({ length: 10 }, () => db().$queryRaw`SELECT 1 FROM pg_sleep(6)`.then());
    const all = { ...reads, ...writes };
    expect(await outcomes(all)).toEqual(every(all, "away"));
    await Promise.all(held);
    await readsAreBack();
  });

  test("Postgres that cuts the connection before, during and after a statement", async () => {
    const cut = door();
    const slow = {
      "a raw read": () => db().$queryRaw`SELECT 1 FROM pg_sleep(60)`,
      "a transaction at work": () =>
        db().$transaction(async (transaction) => transaction.$queryRaw`SELECT 1 FROM pg_sleep(60)`),
      "a transaction between two statements": () =>
        db().$transaction(async (transaction) => {
          await transaction.setting.findMany();
          await cut.opened;
          await transaction.setting.findMany();
        }),
    };
    const ends = outcomes(slow);
    const atIt = `SELECT 1 ${others} AND (state = 'idle in transaction' OR query LIKE '%pg_sleep%' AND state = 'active')`;
    await expect.poll(async () => (await asAdministrator(atIt)).length).toBe(3);
    await asAdministrator(cutAll);
    cut.open();
    expect(await ends).toEqual(every(slow, "away"));
    await readsAreBack();
  });

  test("Postgres that only reads, as a standby does", async () => {
    const name = new URL(env().databaseUrl).pathname.slice(1);
    await asAdministrator(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await asAdministrator(cutAll);
    await readsAreBack();
    expect(await outcomes(writes)).toEqual(every(writes, "away"));
    await useDatabase();
  });
} else {
  test("a file that another process keeps locked", async () => {
    const other = new Sqlite(env().databaseUrl.slice("file:".length));
    other.exec("BEGIN IMMEDIATE");
    // Each waits five seconds: one of either kind.
    const { "a write": own, "a write aside": aside } = writes;
    expect(await outcomes({ own, aside })).toEqual({ own: "away", aside: "away" });
    expect(await outcomes(reads)).toEqual(every(reads, "done"));
    other.exec("ROLLBACK");
    other.close();
    expect(await outcomes(writes)).toEqual(every(writes, "done"));
  });

  test("a disk that is full", async () => {
    const { "a write aside": _, ...own } = writes;
    await db().setting.create({ data: setting() });
    // Less than there are already: not one page more. The connection that writes is the one to tell.
    await db().$queryRaw`PRAGMA max_page_count = 1`;
    expect(await outcomes(own)).toEqual(every(own, "away"));
    expect(await outcomes(reads)).toEqual(every(reads, "done"));
    await useDatabase();
  });
}
