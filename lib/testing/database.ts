import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { closeDatabase } from "../infra/db/client";
import { takeSingleton } from "../infra/singleton";
import { useSettings } from "./environment";

const template = inject("template");
const { server } = template;
const made: { dataDir: string; name: string }[] = [];

async function inServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server?.adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/**
 * A database and a DATA_DIR of their own, and from here on the ones this process uses: a copy of what was
 * migrated when the run began, or nothing at all, like a machine before its first start.
 */
export async function useDatabase({
  isEmpty = false,
  settings = {} as Record<string, string>,
} = {}): Promise<string> {
  const dataDir = mkdtempSync(path.join(template.folder, "file-"));
  const name = `${path.basename(dataDir).replace(/\W/g, "_")}_${process.pid}_${made.length}`.toLowerCase();
  made.push({ dataDir, name });
  const copy = (file: string) =>
    copyFileSync(path.join(template.folder, "template", file), path.join(dataDir, file));
  if (!isEmpty) copy("secrets.json");
  if (!server && !isEmpty) copy("adyton.db");
  let url: string | undefined;
  if (server) {
    await inServer(`CREATE DATABASE ${name}${isEmpty ? "" : ` TEMPLATE ${server.database}`}`);
    url = Object.assign(new URL(server.adminUrl), { pathname: `/${name}` }).href;
  }
  // Only now: whatever still ran meanwhile has used the database, settings and secrets of before.
  const closed = closeDatabase();
  for (const name of [
    "env",
    "secrets",
    "settings",
    "decoy-hash",
    "signing-keys",
    "known-keys",
    "key-reloads",
    "credentials",
    "follower",
    "live-models",
    "usage-subjects",
  ])
    takeSingleton(name);
  useSettings({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: "debug", ...settings });
  await closed;
  return dataDir;
}

export async function dropDatabases(): Promise<void> {
  await closeDatabase();
  for (const { dataDir, name } of made.splice(0)) {
    if (server) await inServer(`DROP DATABASE ${name} WITH (FORCE)`);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
