// `npm run dev`: the app under `next dev`, on the same data as `npm start`.
import { followNpm } from "./follow-npm.mjs";
import { prepareSources, start } from "./prepare.mjs";
import { loadDotEnv, run } from "./run.mjs";
import { fail } from "./steps.mjs";

process.env.NODE_ENV = "development";
process.env.NEXT_TELEMETRY_DISABLED = "1";

followNpm();
try {
  console.log("\nAdyton, for development\n");
  await prepareSources();
  loadDotEnv();
  const { checkPlace } = await run("scripts/check-place.ts");
  await checkPlace();
  const { prepareDev } = await run("scripts/dev.ts");
  const { port, host } = await prepareDev();
  const program = "node_modules/next/dist/bin/next";
  process.exitCode = await start(process.execPath, [program, "dev", "-p", String(port), "-H", host], {
    stdio: "inherit",
  }).ended;
} catch (error) {
  fail(error);
}
