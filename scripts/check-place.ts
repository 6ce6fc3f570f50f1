import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { env, SetupError } from "../lib/infra/env";
import { assertPortIsFree } from "../lib/infra/port";
import { assertDemoMayRun } from "../lib/install/demo/open-place";

/** Everything that can be wrong with the settings and the place, asked before anything is made. */
export async function checkPlace(): Promise<void> {
  const { port, host } = env();
  assertDemoMayRun();
  await assertPortIsFree(port, host);
  await checkStorage();
}

/** The part of it that commands without a server need as well. */
export async function checkStorage(): Promise<void> {
  const { dataDir, database, databaseUrl } = env();
  assertFolderCanBeUsed(dataDir);
  if (database === "postgres") await assertPostgresAnswers(databaseUrl);
  else assertFolderExists(path.dirname(path.resolve(databaseUrl.replace(/^file:/, ""))), dataDir);
}

function assertFolderCanBeUsed(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw new Error(`${nearest} is not a folder`);
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new SetupError(
      `The folder ${folder} cannot be written. Set DATA_DIR to a folder that this user owns.`,
      { cause },
    );
  }
}

/** Only DATA_DIR is made when it is missing; a folder named elsewhere may be a disk that is not there. */
function assertFolderExists(folder: string, dataDir: string): void {
  if (folder !== dataDir && !existsSync(folder))
    throw new SetupError(`The folder ${folder} does not exist. Make it, or correct DATABASE_URL.`);
}

async function assertPostgresAnswers(address: string): Promise<void> {
  const place = new URL(address);
  place.password = "";
  try {
    const connection = await new PrismaPg({
      connectionString: address,
      connectionTimeoutMillis: 5_000,
    }).connect();
    await connection.executeScript("SELECT 1");
    await connection.dispose();
  } catch (cause) {
    throw new SetupError(
      `Postgres does not answer at ${place.href}: ${reasonOf(cause)}. Check DATABASE_URL and that the server runs.`,
      { cause },
    );
  }
}

const reasons: Record<string, string> = {
  DatabaseNotReachable: "nothing listens there",
  DatabaseDoesNotExist: "the server has no database of that name",
  AuthenticationFailed: "user or password are wrong",
  DatabaseAccessDenied: "this user may not use that database",
  TlsConnectionError: "no encrypted connection could be made",
  SocketTimeout: "it took too long",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof DriverAdapterError)) return error instanceof Error ? error.message : String(error);
  return reasons[error.cause.kind] ?? error.cause.originalMessage ?? error.message;
}
