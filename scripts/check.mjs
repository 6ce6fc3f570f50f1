// `npm run check`: everything that can be said about the code without running it. All parts run, even when one
// fails; each fault says where the code belongs instead.
import { spawnSync } from "node:child_process";
import { at, prepareSources, root } from "./prepare.mjs";
import { run } from "./run.mjs";
import { dim, fail, green, red, seconds } from "./steps.mjs";

/** A program that finds faults itself: its own words are the fault. */
function faultsOf(program, args) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [at(program), ...args], {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? [] : [`${stdout}${stderr}`.trim()];
}

const biome = "node_modules/@biomejs/biome/bin/biome";
const next = "node_modules/next/dist/bin/next";
const tsc = "node_modules/typescript/bin/tsc";
const declarations = () => run("scripts/check/declarations.ts");

/** Each answers a list of faults; an empty one is good news. */
const parts = {
  "Format and lint (npm run format mends most)": async () =>
    faultsOf(biome, ["ci", "--colors=off", "--error-on-warnings", "--reporter=concise", "."]),
  Types: async () => [
    ...faultsOf(next, ["typegen"]),
    ...faultsOf(tsc, ["-p", "scripts/check/tsconfig.json"]),
  ],
  "Boundaries between folders": async () => (await import("./check/boundaries.mjs")).boundaryFaults(),
  "Places and names": async () => (await import("./check/layout.mjs")).layoutFaults(),
  "Routes, pages and who may use them": async () =>
    (await run("scripts/check/inventory.ts")).inventoryFaults(),
  "Database schemas": async () => (await declarations()).schemaFaults(),
  "Settings in .env.example": async () => (await declarations()).settingFaults(),
  "Versions and lockfile": async () => (await import("./check/versions.mjs")).versionFaults(),
};

const indented = (text) => text.replace(/^/gm, "    ");

/** How many parts passed and failed, told line by line. */
export async function runChecks() {
  const failures = [];
  for (const [name, findFaults] of Object.entries(parts)) {
    const startedAt = performance.now();
    process.stdout.write(`  ${name} ...`);
    const faults = await findFaults().catch((error) => [error.stack]);
    const isGood = faults.length === 0;
    if (!isGood) failures.push({ test: `check > ${name}`, why: faults.join("\n\n") });
    const took = dim(`(${seconds(performance.now() - startedAt)})`);
    process.stdout.write(` ${isGood ? green("ok") : red("failed")} ${took}\n`);
    for (const fault of faults) console.log(`\n${indented(fault)}`);
    if (!isGood) console.log();
  }
  const failed = failures.length;
  return { passed: Object.keys(parts).length - failed, failed, failures };
}

if (import.meta.filename === process.argv[1]) {
  try {
    await prepareSources();
    process.env.LOG_LEVEL = "silent";
    const { failed } = await runChecks();
    if (failed > 0) process.exitCode = 1;
  } catch (error) {
    fail(error);
  }
}
