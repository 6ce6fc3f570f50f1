import { describeDatabase } from "../lib/infra/db/migrate";
import { env } from "../lib/infra/env";
import type { Installation } from "../lib/install/commands";
import { startServer } from "../server";
import { step } from "./steps.mjs";
import { prepareInstallStep, show, signInLines } from "./welcome";

/** The last steps of `npm start`: database, first account, listening; then says where to go. */
export async function serve(): Promise<void> {
  const installation = await prepareInstallStep();
  await step("Starting the server", () => withoutChatter(startServer));
  welcome(installation);
}

/** Next tells about its own configuration while it starts, in the middle of our line. Warnings and errors stay. */
async function withoutChatter(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}

function welcome(installation: Installation): void {
  const { baseUrl, host, dataDir } = env();
  show([
    `Adyton is ready: ${baseUrl}`,
    ...signInLines(installation),
    "",
    `Database: ${describeDatabase()}`,
    ...(env().isDemo ? [] : [`Secrets:  ${dataDir} (back this folder up, keep it private)`]),
    ...(host === "127.0.0.1"
      ? ["Only this machine can reach it. To let others in, read docs/going-public.md."]
      : []),
    "Stop with Ctrl-C.",
  ]);
}
