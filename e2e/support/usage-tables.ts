import path from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import type { Host } from "./start-host";

type Row = Record<string, unknown>;

/** Asks the database of a host, which goes on working. */
export async function askTables(host: Host, sql: string, database?: string): Promise<Row[]> {
  if (database === undefined) {
    const file = new Sqlite(path.join(host.dataDir, "adyton.db"), { readonly: true, timeout: 10_000 });
    try {
      return file.prepare(sql).all() as Row[];
    } finally {
      file.close();
    }
  }
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export type Books = {
  used: number;
  reserved: number;
  /** Of the rows of the reservations. */
  held: number;
  calls: number;
  units: number;
  /** In the counters of the month. */
  counted: number;
  /** The smallest number in any account: never below zero. */
  least: number;
};

/** What the accounts, the reservations, the calls and the counters say of all users together. */
export async function readBooks(host: Host, database?: string): Promise<Books> {
  const [row = {}] = await askTables(
    host,
    `SELECT
      (SELECT coalesce(sum(units_used), 0) FROM usage_accounts) AS used,
      (SELECT coalesce(sum(units_reserved), 0) FROM usage_accounts) AS reserved,
      (SELECT coalesce(sum(units), 0) FROM usage_reservations) AS held,
      (SELECT count(*) FROM usage_calls WHERE code IS NULL) AS calls,
      (SELECT coalesce(sum(units), 0) FROM usage_calls) AS units,
      (SELECT coalesce(sum(units), 0) FROM usage_counters WHERE grain = 3) AS counted,
      (SELECT coalesce(min(CASE WHEN units_used < units_reserved THEN units_used ELSE units_reserved END), 0)
        FROM usage_accounts) AS least`,
    database,
  );
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as Books;
}
