// `npm run bench -- usage [postgres] [--calls 1000000]`: how fast dashboards are over ten million recorded calls, how
// much room those take, and what opening dashboards does to predictions meanwhile.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { installDebianPackages } from "../debian.mjs";
import { at, buildApp, prepareSources } from "../prepare.mjs";
import { step } from "../steps.mjs";
import { signIn } from "./credentials.mjs";
import { flower, makeModels, models } from "./models.mjs";
import { startProcess, stopAll } from "./processes.mjs";
import { machine, ms, targetLine, times } from "./table.mjs";
import { load } from "./wrk.mjs";

const owner = { email: "owner@bench.example", password: "a door that is measured twice" };
const people = { users: 2_000, keys: 3_000, models: 20, days: 90 };
const runs = 15;
const rounds = 3;
const load1 = { connections: 16, seconds: 6 };
/** Somebody who opens one dashboard after the other, without a pause to look at it. */
const dashboards = [
  "/api/v1/admin/usage",
  "/api/v1/admin/usage?group_by=user",
  "/api/v1/admin/usage?group_by=key",
  "/api/v1/usage",
  "/api/v1/admin/usage/calls",
];
const openEveryMs = 250;

const percentile = (values, part) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)];

function callsOf(args) {
  const place = args.indexOf("--calls");
  return place < 0 ? 10_000_000 : Number(args[place + 1]);
}

/** Asks each question often enough to tell its usual time from its worst. */
async function askAll(list) {
  const rows = [];
  for (const { name, ask } of list) {
    const took = [];
    const before = process.cpuUsage();
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now();
      await ask();
      took.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(before);
    // Stays the same when other programs are busy too; what Postgres does is not in it.
    const cpu = (user + system) / 1000 / runs;
    rows.push({ name, cpu, first: took[0], p50: percentile(took, 0.5), p95: percentile(took, 0.95) });
  }
  return rows;
}

async function predictions(product, token, file) {
  const target = {
    url: `${product.origin}/api/v1/predictions`,
    header: "authorization",
    file,
    body: JSON.stringify({ model: models.unkept, input: flower }),
  };
  const open = async () => {
    let next = 0;
    const took = [];
    const timer = setInterval(async () => {
      const start = performance.now();
      const address = product.origin + dashboards[next++ % dashboards.length];
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      await answer.arrayBuffer();
      if (answer.status === 200) took.push(performance.now() - start);
    }, openEveryMs);
    return () => {
      clearInterval(timer);
      return took;
    };
  };
  const alone = [];
  const beside = [];
  const opened = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await load(product, target, load1.connections, load1.seconds));
    const stop = await open();
    beside.push(await load(product, target, load1.connections, load1.seconds));
    opened.push(...stop());
  }
  return { alone, beside, opened };
}

export async function benchUsage(args) {
  const isPostgres = args.includes("postgres");
  const isWithoutHost = args.includes("--without-host");
  const calls = callsOf(args);
  const scratch = mkdtempSync(path.join(tmpdir(), "adyton-usage-"));
  let server;
  try {
    await prepareSources();
    if (!isWithoutHost) {
      await installDebianPackages(["wrk"], "the bench");
      await buildApp();
    }
    process.env.DATA_DIR = path.join(scratch, "data");
    const { run } = await import("../run.mjs");
    const own = await run("scripts/bench/usage-questions.ts");
    server = isPostgres ? await own.startPostgres() : undefined;
    const database = server ? { DATABASE_URL: await server.createDatabase() } : {};
    Object.assign(process.env, database);
    const settings = {
      ...{ DATA_DIR: process.env.DATA_DIR, BASE_URL: "http://localhost:3000" },
      ...{ ADMIN_EMAIL: owner.email, ADMIN_PASSWORD: owner.password, ...database },
    };
    const startProduct = () =>
      startProcess({
        program: () => [at("scripts", "start.mjs")],
        env: settings,
        logFile: path.join(scratch, "product.log"),
        readyPath: "/api/health/ready",
      });
    if (isWithoutHost) await own.prepareDatabase();
    else
      await step("Making an install", async () => {
        const product = await startProduct();
        const { token } = await signIn(product.origin, owner.email, owner.password);
        await makeModels(product.origin, token);
        await product.stop();
      });
    const before = await own.databaseBytes();
    const filled = await step(`Recording ${calls.toLocaleString("en")} calls`, () =>
      own.fill({ calls, ...people }),
    );
    const bytes = (await own.databaseBytes()) - before;
    const tables = await own.bytesByTable();
    const rows = await askAll(await own.questions(filled));
    await own.closeDatabase();
    console.log(`\n${machine()}, ${isPostgres ? "Postgres" : "SQLite"}, load ${loadavg()[0].toFixed(1)}\n`);
    console.log("| question | CPU ms | first ms | p50 ms | p95 ms |\n|---|---:|---:|---:|---:|");
    for (const row of rows)
      console.log(`| ${row.name} | ${ms(row.cpu)} | ${ms(row.first)} | ${ms(row.p50)} | ${ms(row.p95)} |`);
    console.log("");
    for (const { name, bytes: size } of tables)
      console.log(`  ${(size / calls).toFixed(1).padStart(6)} bytes a call in ${name}`);
    const slowest = rows.toSorted((a, b) => b.p95 - a.p95)[0];
    const found = [
      {
        hope: "every question of a dashboard below 200 ms",
        found: `p95 of the slowest, ${slowest.name}: ${ms(slowest.p95)} ms`,
        isMet: slowest.p95 < 200,
      },
      {
        hope: "less than 1 KB for 10 calls",
        found: `${((bytes / calls) * 10).toFixed(0)} bytes`,
        isMet: (bytes / calls) * 10 < 1024,
      },
    ];
    if (!isWithoutHost) {
      const product = await startProduct();
      const { token } = await signIn(product.origin, owner.email, owner.password);
      const file = path.join(scratch, "token");
      writeFileSync(file, `Bearer ${token}\n`);
      const { alone, beside, opened } = await predictions(product, token, file);
      await product.stop();
      const p99 = (legs) =>
        percentile(
          legs.map((leg) => leg.p99),
          0.5,
        );
      const rate = (legs) =>
        percentile(
          legs.map((leg) => leg.rate),
          0.5,
        );
      console.log(
        `\n  ${opened.length} dashboards opened beside ${rate(beside).toFixed(0)} calls/s (alone ${rate(alone).toFixed(0)}), p95 ${ms(percentile(opened, 0.95))} ms`,
      );
      found.push({
        hope: "p99 of predictions beside them at most 1.2 times what it is alone",
        found: `${times(p99(beside) / p99(alone))} (${ms(p99(alone))} and ${ms(p99(beside))} ms)`,
        isMet: p99(beside) <= 1.2 * p99(alone),
      });
    }
    console.log("\nWhat is hoped for\n");
    for (const target of found) console.log(targetLine(target));
  } finally {
    stopAll();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
