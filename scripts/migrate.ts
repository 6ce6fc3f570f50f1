// `npm run migrate -- <name>`: one change of prisma/schema.prisma becomes the Postgres twin and a migration for
// each database. The engine compares the schema with the one the newest migration was written for, which is kept
// beside the migrations; no database is needed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { type DatabaseKind, migratedSchemaFile, migrationsFolder } from "../lib/infra/db/migrate";
import { postgresTwin } from "../lib/infra/db/postgres-twin";
import { withSchemaEngine } from "../lib/infra/db/schema-engine";

const filters = { externalTables: [], externalEnums: [] };

async function difference(before: string | null, after: string): Promise<string> {
  const asTarget = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const adapter = new PrismaBetterSqlite3({ url: ":memory:" });
  return withSchemaEngine(adapter, null, async (engine) => {
    const from = before === null ? ({ tag: "empty" } as const) : asTarget(before);
    const result = await engine.diff({ from, to: asTarget(after), script: true, exitCode: null, filters });
    return result.stdout ?? "";
  });
}

function writeMigration(database: DatabaseKind, folderName: string, sql: string): void {
  const folder = migrationsFolder(database);
  mkdirSync(path.join(folder, folderName), { recursive: true });
  writeFileSync(
    path.join(folder, "migration_lock.toml"),
    `provider = "${database === "sqlite" ? "sqlite" : "postgresql"}"\n`,
  );
  writeFileSync(path.join(folder, folderName, "migration.sql"), sql);
  console.log(`${database}: ${path.relative(process.cwd(), path.join(folder, folderName))}/migration.sql`);
}

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Give the migration a name in snake_case: npm run migrate -- add_plans");
  process.exit(1);
}
const schema = readFileSync("prisma/schema.prisma", "utf8");
const before = existsSync(migratedSchemaFile) ? readFileSync(migratedSchemaFile, "utf8") : null;
const sqliteSql = await difference(before, schema);
if (!/^\s*(CREATE|ALTER|DROP|PRAGMA|INSERT)/m.test(sqliteSql)) {
  console.log("The schema did not change: nothing to write.");
  process.exit(0);
}
const postgresSql = await difference(before && postgresTwin(before), postgresTwin(schema));
const folderName = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
writeMigration("sqlite", folderName, sqliteSql);
writeMigration("postgres", folderName, postgresSql);
writeFileSync("prisma/postgres/schema.prisma", postgresTwin(schema));
writeFileSync(migratedSchemaFile, schema);
console.log("Read both files before you commit them: a table that SQLite makes anew loses its triggers.");
