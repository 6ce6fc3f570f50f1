// `npm run admin -- <command>`: for who can reach the machine; works while the server runs and when it does not.
import { prepareSources } from "./prepare.mjs";
import { loadDotEnv, run } from "./run.mjs";
import { fail } from "./steps.mjs";

process.env.NODE_ENV = "production";

try {
  await prepareSources();
  loadDotEnv();
  const { admin } = await run("scripts/admin.ts");
  process.exitCode = await admin(process.argv.slice(2));
} catch (error) {
  fail(error);
}
