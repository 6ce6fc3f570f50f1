import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { env } from "../env";
import { singleton, takeSingleton } from "../singleton";
import { PrismaClient as PostgresClient } from "./generated/postgres/client";
import { type Prisma, PrismaClient } from "./generated/sqlite/client";
import { postgresAdapter } from "./postgres-adapter";
import { sqliteAdapter } from "./sqlite-adapter";

export type { Prisma } from "./generated/sqlite/client";

/** How long a statement or transaction may wait before the caller gets a clear 503. */
const transactionWaits = { maxWait: 10_000, timeout: 10_000 };

/** One plain connection, as the schema engine wants it: it locks the whole file against everybody else. */
export const migrationAdapter = () =>
  env().database === "sqlite"
    ? new PrismaBetterSqlite3({ url: env().databaseUrl, timeout: 5_000 })
    : postgresAdapter(env().databaseUrl);

const databaseAdapter = () =>
  env().database === "sqlite"
    ? sqliteAdapter(env().databaseUrl, env().durability)
    : postgresAdapter(env().databaseUrl);

function connect(): PrismaClient {
  const options = { adapter: databaseAdapter(), transactionOptions: transactionWaits };
  // Both clients are generated from one schema and differ in nothing that is used here; a check keeps it so.
  return env().database === "sqlite"
    ? new PrismaClient(options)
    : (new PostgresClient(options) as unknown as PrismaClient);
}

export const db = (): PrismaClient => singleton("db", connect);

export type Transaction = Prisma.TransactionClient;

/** What a query may be given: the database itself, or the transaction it has to be part of. */
export type Database = PrismaClient | Transaction;

/** The threads of `aside.ts`, by the names they are kept under: it builds on this file. */
export const asideNames = { writer: "aside-writer", reader: "aside-reader" } as const;

/** All are let go at once, before the first one is waited for: whoever asks meanwhile gets a new one. */
export async function closeDatabase(): Promise<void> {
  const asides = Object.values(asideNames).map((name) => takeSingleton<{ close(): Promise<void> }>(name));
  const client = takeSingleton<PrismaClient>("db");
  for (const aside of asides) await aside?.close();
  await client?.$disconnect();
}
