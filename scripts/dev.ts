import { closeDatabase } from "../lib/infra/db/client";
import { env } from "../lib/infra/env";
import { closeRedis } from "../lib/infra/redis";
import { prepareInstallStep, show, signInLines } from "./welcome";

/** What `next dev` needs before it starts: the database and the first account. */
export async function prepareDev(): Promise<{ port: number; host: string }> {
  const installation = await prepareInstallStep();
  await Promise.all([closeDatabase(), closeRedis()]);
  const { port, host, baseUrl } = env();
  show([`Adyton for development: ${baseUrl}`, ...signInLines(installation)]);
  return { port, host };
}
