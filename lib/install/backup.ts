import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env, SetupError } from "../infra/env";
import { lockSecrets } from "../infra/secrets-lock";

export type Backup = { folder: string; bytes: number; modelFiles: number };

/**
 * Copies what this install is into a new folder below `to`, while it runs: the database as it was at one moment,
 * then the secrets and the model files, which are never changed once they are there. The lock keeps the secrets
 * from being rotated in between, because database and secrets belong together. Only a whole copy gets its name.
 */
export async function backUp(to: string): Promise<Backup> {
  const { database, databaseUrl, dataDir } = env();
  if (database === "postgres")
    throw new SetupError(
      `The database is on a Postgres server: back it up with pg_dump, and ${dataDir} as a folder. docs/data.md has the lines.`,
    );
  const original = databaseUrl.replace(/^file:/, "");
  if (!existsSync(original)) throw new SetupError(`There is no database at ${original} yet.`);
  const target = path.resolve(to);
  if (target === dataDir || target.startsWith(dataDir + path.sep))
    throw new SetupError(
      `Choose a folder outside of ${dataDir}: a copy beside the original is lost with it.`,
    );
  const at = now();
  const folder = path.join(target, `adyton-${at.toISOString().slice(0, 19).replaceAll(":", "-")}`);
  const draft = `${folder}.part`;
  makeFolder(target, draft, folder);
  const unlock = lockSecrets();
  try {
    const file = path.join(draft, "adyton.db");
    await db().$executeRaw`VACUUM INTO ${file}`;
    let bytes = await keep(file);
    for (const name of ["secrets.json", "install.json"]) bytes += await copy(dataDir, draft, name);
    const models = await copyModels(dataDir, draft);
    renameSync(draft, folder);
    noteBackup(at);
    return { folder, bytes: bytes + models.bytes, modelFiles: models.files };
  } finally {
    unlock();
    rmSync(draft, { recursive: true, force: true });
  }
}

function makeFolder(target: string, draft: string, folder: string): void {
  if (existsSync(folder) || existsSync(draft))
    throw new SetupError("A backup of this second is there already, or is just being made.");
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    mkdirSync(path.join(draft, "models"), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new SetupError(`The folder ${target} cannot be written.`, { cause });
  }
}

/** A file that is not there yet, or any more, is none of the database that was just copied. */
async function copy(from: string, to: string, name: string): Promise<number> {
  const target = path.join(to, name);
  try {
    await copyFile(path.join(from, name), target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
  return keep(target);
}

async function copyModels(dataDir: string, draft: string): Promise<{ files: number; bytes: number }> {
  const from = path.join(dataDir, "models");
  const names = existsSync(from) ? readdirSync(from).filter((name) => /^[0-9a-f]{64}$/.test(name)) : [];
  let bytes = 0;
  for (const name of names) bytes += await copy(from, path.join(draft, "models"), name);
  return { files: names.length, bytes };
}

/** On the disk itself, and for this user only, before the copy gets its name. */
async function keep(file: string): Promise<number> {
  const handle = await open(file, "r+");
  try {
    await handle.chmod(0o600);
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

const markFile = () => path.join(env().dataDir, "last-backup.json");
const markShape = z.object({ at: z.iso.datetime() });

/** Where the security page reads when the last one was made. */
function noteBackup(at: Date): void {
  const draft = `${markFile()}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ at: at.toISOString() })}\n`, { mode: 0o600 });
  renameSync(draft, markFile());
}

/** Null: none was made with the command, or nobody knows. */
export function readLastBackup(): Date | null {
  try {
    return new Date(markShape.parse(JSON.parse(readFileSync(markFile(), "utf8"))).at);
  } catch {
    return null;
  }
}
