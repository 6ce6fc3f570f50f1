import { spawn } from "node:child_process";
import path from "node:path";
import { freePort } from "../../lib/testing/postgres";
import { Client } from "./client";
import { root } from "./start-host";

/** The service of docs/samples/express, as it is, told to trust the Adyton at that address. */
export async function startExpressSample(
  adyton: string,
): Promise<{ client: () => Client; stop: () => void }> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(root, "docs/samples/express/server.mjs")], {
    env: { ...process.env, ADYTON: adyton, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await fetch(origin).catch(() => null)); attempt += 1) {
    if (attempt > 200 || child.exitCode !== null) throw new Error("The sample did not start.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { client: () => new Client(origin), stop: () => void child.kill() };
}
