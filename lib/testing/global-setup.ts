import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { closeDatabase } from "../infra/db/client";
import { prepareDatabase } from "../infra/db/migrate";
import { hashInWorker } from "../infra/password/worker-pool";
import { hmac } from "../infra/secrets";
import { takeSingleton } from "../infra/singleton";
import { tidyAfterDeath } from "./after-death";
import { useSettings } from "./environment";
import { type PostgresServer, startPostgres } from "./postgres";
import { testPassword } from "./test-password";

declare module "vitest" {
  export interface ProvidedContext {
    /** What `setup-database.ts` copies for each test file. */
    template: { folder: string; passwordHash: string; server?: { adminUrl: string; database: string } };
  }
}

/** Without it a failed set-up would leave the server running, and the run waiting for it. */
async function orStop<T>(server: PostgresServer | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** Makes one migrated database and one set of secrets per project, the way a real first start does. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "adyton-test-"));
  const callOffTidying = tidyAfterDeath(folder);
  const mask = process.umask();
  const server = project.name === "postgres" ? await startPostgres() : undefined;
  const url = await server?.createDatabase();
  useSettings({ DATA_DIR: path.join(folder, "template"), DATABASE_URL: url });
  await orStop(server, prepareDatabase);
  // A real hash of the least cost: checking it takes a millisecond, where the product's own takes hundreds.
  const text = hmac("pepper", testPassword, "sha384").toString("base64");
  const passwordHash = String(await hashInWorker({ text, cost: 4 }));
  await closeDatabase();
  for (const name of ["env", "secrets", "password-workers"]) takeSingleton(name);
  // The run's own files (reports) are not secrets.
  process.umask(mask);
  chmodSync(folder, 0o755);
  project.provide("template", {
    folder,
    passwordHash,
    ...(server && url
      ? { server: { adminUrl: server.url("postgres"), database: new URL(url).pathname.slice(1) } }
      : {}),
  });
  return async () => {
    await server?.stop();
    callOffTidying();
    rmSync(folder, { recursive: true, force: true });
  };
}
