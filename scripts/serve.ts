import { describeDatabase } from "../lib/infra/db/migrate";
import { env } from "../lib/infra/env";
import { type Installation, prepareInstall } from "../lib/install/commands";
import { startServer } from "../server";
import { step } from "./steps.mjs";

/** The last steps of `npm start`: database, first account, listening; then says where to go. */
export async function serve(): Promise<void> {
  const installation = await step("Preparing the database and accounts", prepareInstall);
  await step("Starting the server", startServer);
  welcome(installation);
}

function welcome({ admin }: Installation): void {
  const { baseUrl, host, dataDir } = env();
  const lines = [`Adyton is ready: ${baseUrl}`];
  if (admin) {
    lines.push("", "Sign in as", `  e-mail    ${admin.email}`);
    lines.push(
      admin.isGenerated
        ? `  password  ${admin.password}   (shown only now; the first sign-in offers to change it)`
        : "  password  the one you set as ADMIN_PASSWORD",
    );
  }
  lines.push(
    "",
    `Database: ${describeDatabase()}`,
    `Secrets:  ${dataDir} (back this folder up, keep it private)`,
  );
  if (host === "127.0.0.1")
    lines.push("Only this machine can reach it. To let others in, read docs/going-public.md.");
  lines.push("Stop with Ctrl-C.");
  console.log(`\n${lines.map((line) => `  ${line}`).join("\n")}\n`);
}
