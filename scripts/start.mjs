// `npm start`: from a fresh clone to a running install. Plain Node, because nothing is installed yet.
import path from "node:path";
import { followNpm } from "./follow-npm.mjs";
import { buildApp, checkNode, generateClients, installPackages } from "./prepare.mjs";
import { fail } from "./steps.mjs";

process.chdir(path.resolve(import.meta.dirname, ".."));
process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

followNpm();
try {
  checkNode();
  console.log("\nStarting Adyton\n");
  await installPackages();
  const { loadDotEnv, run } = await import("./run.mjs");
  loadDotEnv();
  // Before the long steps: a taken port or a bad setting should not cost a build first.
  const { checkPlace } = await run("scripts/check-place.ts");
  await checkPlace();
  await generateClients();
  await buildApp();
  const { serve } = await run("scripts/serve.ts");
  await serve();
} catch (error) {
  fail(error);
}
