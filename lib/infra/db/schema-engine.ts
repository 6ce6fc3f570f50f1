import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { SetupError } from "../env";
import { singleton } from "../singleton";

type EngineModule = typeof import("@prisma/schema-engine-wasm") & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};

/**
 * Prisma's own schema engine as WebAssembly: nothing is downloaded and no program is started. Node cannot
 * import the .wasm file by itself yet, so it is put together here the way its package does it. Once per process:
 * the package's code keeps views of the memory of the first instance.
 */
async function loadEngine(): Promise<EngineModule> {
  const require = createRequire(path.join(process.cwd(), "package.json"));
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const engine = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
  const bytes = readFileSync(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports,
  });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}

export async function withSchemaEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: { path: string; content: string } | null,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const engineModule = await singleton("schema-engine", loadEngine);
  const datamodels = schema ? ([[schema.path, schema.content]] as [string, string][]) : undefined;
  const silent = () => {};
  // The engine takes exclusive locks and leaves its connections open; they are closed here.
  const connections: SqlDriverAdapter[] = [];
  const bound = bindMigrationAwareSqlAdapterFactory({
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connectToShadowDb: () => adapter.connectToShadowDb(),
    connect: async () => {
      const connection = await adapter.connect();
      connections.push(connection);
      return connection;
    },
  });
  const engine = await engineModule.SchemaEngine.new({ datamodels }, silent, bound);
  try {
    return await use(engine);
  } finally {
    engine.free();
    for (const connection of connections) await connection.dispose();
  }
}

/** The migrations in a folder, in the form the engine reads. */
export function readMigrations(folder: string, { mayBeEmpty = false } = {}): MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0 && !mayBeEmpty)
    throw new SetupError(`No migrations were found in ${folder}: the installation is incomplete.`);
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: read("migration_lock.toml") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: read(path.join(name, "migration.sql")) },
      },
    })),
  };
}
