// `npm test`: every check and every test, on a fresh clone too. The last line says how many passed and failed.
// `npm test -- --only unit` (or sqlite, postgres, check, hosts, e2e; several with commas) runs parts of it.
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installDebianPackages, missingPackages } from "./debian.mjs";
import { at, buildApp, prepareSources, start } from "./prepare.mjs";
import { describeFailure, readPlaywright, readVitest } from "./reports.mjs";
import { explain, green, red, StepError, seconds } from "./steps.mjs";

/** Everything the tests write goes here: never into ./data, never into the home of who runs them. */
const scratch = mkdtempSync(path.join(tmpdir(), "adyton-test-"));
// The throwaway Postgres runs as another user and has to pass through to its own folder.
chmodSync(scratch, 0o711);
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** The settings of whoever runs the tests, and their .env file, must not reach them: empty counts as not set. */
function testEnv() {
  const example = readFileSync(at(".env.example"), "utf8");
  const names = [...example.matchAll(/^# ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  const { NODE_ENV: _, ...env } = { ...process.env, ...Object.fromEntries(names.map((name) => [name, ""])) };
  const color = process.stdout.isTTY ? {} : { NO_COLOR: "1" };
  const places = { TMPDIR: scratch, DATA_DIR: path.join(scratch, "data") };
  return { ...env, ...color, ...places, CI: "true", NEXT_TELEMETRY_DISABLED: "1" };
}

const run = (program, args, env = {}, output = "inherit") =>
  start(process.execPath, [at(program), ...args], {
    env: { ...testEnv(), ...env },
    stdio: ["ignore", output, output],
  }).ended;

const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null);

async function vitest(name, args, output) {
  const file = path.join(scratch, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const exitCode = await run("node_modules/vitest/vitest.mjs", ["run", ...args, ...reporters], {}, output);
  return readVitest(readReport(file), exitCode);
}

async function playwright() {
  const file = path.join(scratch, "e2e.json");
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    // A browser keeps more in its home than its profile.
    HOME: path.join(scratch, "home"),
  };
  const exitCode = await run("node_modules/playwright/cli.js", ["test", "--reporter=list,json"], env);
  return readPlaywright(readReport(file), exitCode);
}

const project = (name) => () => vitest(name, ["--project", name]);

/**
 * Hosts are waited for more than they work: while limits free, sessions end and killed processes come back, the
 * other parts run. Shown when all are over.
 */
const meanwhile = "hosts";

/** In this order; `needs` are Debian packages, `config` the file without which there are no such tests yet. */
const parts = {
  check: { work: async () => (await import("./check.mjs")).runChecks() },
  unit: { work: project("unit"), needs: ["oathtool"] },
  sqlite: { work: project("sqlite"), needs: ["redis-server"] },
  postgres: { work: project("postgres"), needs: ["postgresql", "redis-server"] },
  hosts: {
    work: (output) => vitest("hosts", ["--config", "vitest.hosts.config.ts"], output),
    config: "vitest.hosts.config.ts",
    needs: ["postgresql", "redis-server", "nginx", "haproxy"],
    isOnBuild: true,
  },
  e2e: { work: () => playwright(), needs: ["chromium"], config: "playwright.config.ts", isOnBuild: true },
};

function chosenParts() {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const names = values.only?.split(",") ?? Object.keys(parts);
  const unknown = names.find((name) => !(name in parts));
  if (unknown)
    throw new StepError(`There is no part "${unknown}": choose from ${Object.keys(parts).join(", ")}.`);
  return names
    .map((name) => ({ name, ...parts[name] }))
    .filter(({ config }) => !config || existsSync(at(config)));
}

async function runPart({ name, work, needs = [], isOnBuild = false }, output) {
  const startedAt = performance.now();
  if (output === undefined) console.log(`\n${name}\n`);
  let counts = { passed: 0, failed: 1 };
  try {
    const missing = missingPackages(needs);
    if (missing.length > 0)
      console.error(`  This needs packages of the system: sudo apt-get install ${missing.join(" ")}`);
    else {
      if (isOnBuild) await buildApp();
      counts = await work(output);
    }
  } catch (error) {
    explain(error);
  }
  return { name, ...counts, ms: performance.now() - startedAt };
}

/** Runs a part beside others; its output comes when it is asked for. */
async function runMeanwhile(part) {
  const file = path.join(scratch, `${part.name}.log`);
  const output = openSync(file, "w");
  if (part.isOnBuild) await buildApp();
  const running = runPart(part, output).finally(() => closeSync(output));
  return async () => {
    const result = await running;
    console.log(`\n${part.name}\n\n${readFileSync(file, "utf8")}`);
    return result;
  };
}

const sum = (results, key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);

/** Once more at the end: whoever reads it there, or only there, need not search for it above. */
function tellFailures(results) {
  const failures = results.flatMap((part) => part.failures ?? []);
  if (failures.length > 0) console.log(`\n${red("What failed")}\n`);
  for (const failure of failures) console.log(`${describeFailure(failure)}\n`);
}

function summarize(results) {
  tellFailures(results);
  console.log("\nSummary\n");
  for (const { name, passed, failed, skipped, ms } of results) {
    const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
    console.log(
      `  ${failed > 0 ? red("failed") : green("ok    ")}  ${name.padEnd(10)} ${counts} (${seconds(ms)})`,
    );
  }
  const [passed, failed, skipped] = ["passed", "failed", "skipped"].map((key) => sum(results, key));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
}

const results = [];
try {
  const chosen = chosenParts();
  await prepareSources();
  await installDebianPackages(chosen.flatMap(({ needs = [] }) => needs));
  process.env.LOG_LEVEL = "silent";
  const aside = chosen.length > 1 && chosen.find(({ name }) => name === meanwhile);
  const end = aside && (await runMeanwhile(aside));
  for (const part of chosen) if (part !== aside) results.push(await runPart(part));
  if (end) results.push(await end());
} catch (error) {
  explain(error);
  results.push({ name: "set-up", passed: 0, failed: 1, ms: 0 });
}
summarize(results);
