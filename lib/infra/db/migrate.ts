import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env, SetupError } from "../env";
import { hasSecrets, prepareDataDir, secret } from "../secrets";
import { closeDatabase, db, migrationAdapter } from "./client";
import { readMigrations, withSchemaEngine } from "./schema-engine";

export type DatabaseKind = "sqlite" | "postgres";

export const migrationsFolder = (database: DatabaseKind): string =>
  path.join(process.cwd(), "prisma", "migrations", database);

/** The schema that the newest migration was written for. */
export const migratedSchemaFile = "prisma/migrations/schema.prisma";

/** Earlier versions can damage a database in WAL mode when a checkpoint and a writer meet. */
const sqliteVersionMin = [3, 51, 3] as const;

const sqliteFile = (): string => path.resolve(env().databaseUrl.replace(/^file:/, ""));

type InstallNote = { databases: string[] };

/** Remembers which database files were made here, so that a lost one is noticed and not replaced by an empty one. */
const installFile = () => path.join(env().dataDir, "install.json");
const readInstallNote = (): InstallNote =>
  existsSync(installFile())
    ? (JSON.parse(readFileSync(installFile(), "utf8")) as InstallNote)
    : { databases: [] };

function rememberDatabase(file: string): void {
  const note = readInstallNote();
  if (note.databases.includes(file)) return;
  const draft = `${installFile()}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ databases: [...note.databases, file] }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(draft, installFile());
}

type AppliedMigration = { migration_name: string; finished_at: unknown; rolled_back_at: unknown };

async function appliedMigrations(): Promise<AppliedMigration[]> {
  const tables =
    env().database === "sqlite"
      ? await db().$queryRaw<
          unknown[]
        >`SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`
      : await db().$queryRaw<
          unknown[]
        >`SELECT 1 AS found WHERE to_regclass('_prisma_migrations') IS NOT NULL`;
  if (tables.length === 0) return [];
  return db().$queryRaw<
    AppliedMigration[]
  >`SELECT migration_name, finished_at, rolled_back_at FROM _prisma_migrations`;
}

async function checkSqlite(): Promise<void> {
  const file = sqliteFile();
  if (!existsSync(file)) {
    if (readInstallNote().databases.includes(file)) {
      throw new SetupError(
        `The database ${file} is gone, but this install had one. Put it back from a backup; to really start empty, remove ${installFile()}.`,
      );
    }
    return;
  }
  try {
    const [row] = await db().$queryRaw<{ version: string }[]>`SELECT sqlite_version() AS version`;
    const version = row?.version ?? "0";
    if (isOlder(version, sqliteVersionMin)) {
      throw new SetupError(
        `SQLite ${version} can damage databases; ${sqliteVersionMin.join(".")} or later is needed. Run: npm install`,
      );
    }
    await db().$queryRaw`SELECT count(*) AS objects FROM sqlite_master`;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(
      `The database ${file} cannot be read: it is damaged, not a database, or belongs to another user. It was left as it is; restore a backup or mend its permissions.`,
      { cause: error },
    );
  }
}

export function isOlder(version: string, least: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, part] of least.entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}

export type Preparation = { applied: string[] };

/** Brings the database to this version's schema, or refuses with a reason. Nothing is changed when it refuses. */
export async function prepareDatabase(): Promise<Preparation> {
  prepareDataDir(env().dataDir);
  const folder = migrationsFolder(env().database);
  if (env().database === "sqlite") await checkSqlite();
  const known = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const knownNames = new Set(known.map((entry) => entry.name));
  let applied: AppliedMigration[];
  try {
    applied = await appliedMigrations();
  } catch (cause) {
    throw new SetupError(
      `The database does not answer at ${describeDatabase()}. Check DATABASE_URL and that the server runs.`,
      { cause },
    );
  }
  const newer = applied.find((row) => !knownNames.has(row.migration_name));
  if (newer) {
    throw new SetupError(
      `This database was written by a newer version of Adyton (it has ${newer.migration_name}). Install that version again; going back would lose data.`,
    );
  }
  const failed = applied.find((row) => row.finished_at === null && row.rolled_back_at === null);
  if (failed) {
    throw new SetupError(
      `The upgrade ${failed.migration_name} stopped half-way. Restore the backup made before it and start again.`,
    );
  }
  if (applied.length > 0 && !hasSecrets(env().dataDir)) {
    throw new SetupError(
      `The database has data, but ${env().dataDir}/secrets.json is gone. Restore it from a backup: without it nobody can sign in.`,
    );
  }
  // The secrets come first: killed between the two, the next start would miss them beside a database with data.
  secret("audit");
  const isCurrent = applied.length === knownNames.size;
  if (!isCurrent) await applyMigrations(folder);
  if (env().database === "sqlite") rememberDatabase(sqliteFile());
  const before = new Set(applied.map((row) => row.migration_name));
  return { applied: [...knownNames].filter((name) => !before.has(name)) };
}

async function applyMigrations(folder: string): Promise<void> {
  // The engine brings its own connection; ours would only stand in its way.
  await closeDatabase();
  await withSchemaEngine(migrationAdapter(), null, (engine) =>
    engine.applyMigrations({
      migrationsList: readMigrations(folder),
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
}

/** Where the database is, without its password. */
export function describeDatabase(): string {
  if (env().database === "sqlite") return sqliteFile();
  const url = new URL(env().databaseUrl);
  url.password = "";
  return url.href;
}
