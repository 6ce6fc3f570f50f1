import { existsSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { Client } from "pg";

const key = "anonymous_per_minute";
const value = "1000000";

/**
 * Changes the setting in the database of a host that is starting, before it reads its settings for the first
 * time. Answers false as long as there is no such table yet.
 */
export async function raiseStrangerLimit(database: string): Promise<boolean> {
  try {
    return database.startsWith("postgres") ? await inPostgres(database) : inFile(database);
  } catch {
    return false;
  }
}

function inFile(file: string): boolean {
  if (!existsSync(file)) return false;
  const database = new Sqlite(file, { timeout: 2_000 });
  try {
    database
      .prepare("INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      .run(key, value, new Date().toISOString());
    return true;
  } finally {
    database.close();
  }
}

async function inPostgres(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(
      "INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING",
      [key, value],
    );
    return true;
  } finally {
    await client.end();
  }
}
