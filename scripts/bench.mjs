// `npm run bench`: how fast the door is, as a table. Everything is measured in one run on one machine, because only
// the ratios mean something elsewhere. `npm run bench -- usage` measures dashboards instead: see bench/usage.mjs;
// `npm run bench -- metering` only what counting a prediction costs.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { buildBareNext, nextProgram } from "./bench/bare-next.mjs";
import { signIn } from "./bench/credentials.mjs";
import { boundPlans, fillInstall } from "./bench/fill.mjs";
import { flower, makeModels, models } from "./bench/models.mjs";
import { startProcess, stopAll } from "./bench/processes.mjs";
import { machine, table, targetLine } from "./bench/table.mjs";
import { targets } from "./bench/targets.mjs";
import { benchUsage } from "./bench/usage.mjs";
import { load } from "./bench/wrk.mjs";
import { installDebianPackages, missingPackages } from "./debian.mjs";
import { at, buildApp, prepareSources, root } from "./prepare.mjs";
import { fail, StepError, step } from "./steps.mjs";

/** Connections, and for how long: with many, those that wait for their first answer must not be most of it. */
const few = { connections: 64, seconds: 4 };
const many = { connections: 1_000, seconds: 5 };
const keysInUse = 300;
const smallInstall = 1_000;
const largeInstall = 1_000_000;

const owner = { email: "owner@bench.example", password: "a door that is measured twice" };
const scratch = mkdtempSync(path.join(tmpdir(), "adyton-bench-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

const folderOf = (name) => path.join(scratch, name);
const written = (name, lines) => {
  writeFileSync(folderOf(name), `${lines.join("\n")}\n`);
  return folderOf(name);
};

/** One address for all of them, so that the cookies and tokens of one are good at the others. */
const settings = (dataDir) => ({
  DATA_DIR: dataDir,
  BASE_URL: "http://localhost:3000",
  ADMIN_EMAIL: owner.email,
  ADMIN_PASSWORD: owner.password,
});

const startProduct = (name, dataDir, { preload = [] } = {}) =>
  startProcess({
    program: () => [...preload, at("scripts", "start.mjs")],
    env: settings(dataDir),
    logFile: folderOf(`${name}.log`),
    readyPath: "/api/health/ready",
  });

/** The same install twice more: with nothing metered, and with a quota that nobody reaches. */
async function startMetered(small) {
  const [bare, bound] = ["unmetered", "with-quota"].map(folderOf);
  for (const folder of [bare, bound]) cpSync(small, folder, { recursive: true });
  boundPlans(path.join(bound, "adyton.db"));
  return {
    laneUnmetered: await startProduct("unmetered", bare, {
      preload: ["--import", at("scripts", "bench", "unmetered.mjs")],
    }),
    laneQuota: await startProduct("with-quota", bound),
  };
}

/** Next as it starts by itself, without our server in front: every call goes through it. */
const startNext = (name, folder, readyPath, env = {}) =>
  startProcess({
    program: (port) => [nextProgram, "start", folder, "-p", String(port), "-H", "127.0.0.1"],
    env,
    logFile: folderOf(`${name}.log`),
    readyPath,
  });

const startFloor = ({ headers, body }) =>
  startProcess({
    program: () => [at("scripts", "bench", "floor.mjs")],
    env: { FLOOR_HEADERS: JSON.stringify(headers), FLOOR_BODY: JSON.stringify(body) },
    logFile: folderOf("floor.log"),
    readyPath: "/",
  });

const sentByNode = ["date", "connection", "keep-alive", "transfer-encoding"];
const callOf = (model) => JSON.stringify({ model, input: flower });

/** What the product answers, for the floor to answer the same. */
async function answersOf(origin, secret) {
  const authorization = `Bearer ${secret}`;
  const answer = await fetch(`${origin}/api/v1/verify`, { headers: { authorization } });
  if (answer.status !== 200)
    throw new StepError(`The key is not let in: ${answer.status} ${await answer.text()}`);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !sentByNode.includes(name)));
  let body = null;
  // Each of them, so that their runners are warm.
  for (const model of Object.values(models)) {
    const prediction = await fetch(`${origin}/api/v1/predictions`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: callOf(model),
    });
    body = await prediction.json();
    if (prediction.status !== 200)
      throw new StepError(`${model} does not predict: ${prediction.status} ${JSON.stringify(body)}`);
  }
  return { headers, body };
}

async function prepare() {
  await prepareSources();
  await installDebianPackages(["wrk"], "the bench");
  const missing = missingPackages(["wrk"]);
  if (missing.length > 0) throw new StepError(`This needs: sudo apt-get install ${missing.join(" ")}`);
  await buildApp();
}

/** A fresh install with its first administrator, filled, and a copy of it with far more people. */
async function prepareInstalls({ hasLarge }) {
  const [small, large] = ["small", "large"].map(folderOf);
  const { credentials } = await step("Making an install", async () => {
    const product = await startProduct("making", small);
    const credentials = await signIn(product.origin, owner.email, owner.password);
    await makeModels(product.origin, credentials.token);
    await product.stop();
    return { credentials };
  });
  if (hasLarge) cpSync(small, large, { recursive: true });
  process.env.DATA_DIR = small;
  const { run } = await import("./run.mjs");
  const { makeUpKey } = await run("scripts/bench/made-up-keys.ts");
  const keys = Array.from({ length: keysInUse }, makeUpKey);
  const digests = keys.map(({ digest }) => digest);
  const fill = (folder, count) =>
    step(`Filling it with ${count.toLocaleString("en")} users and keys`, async () =>
      fillInstall(path.join(folder, "adyton.db"), count, digests),
    );
  await fill(small, smallInstall);
  if (hasLarge) await fill(large, largeInstall);
  return { small, large, credentials, secrets: keys.map(({ secret }) => secret) };
}

async function startAll({ bareFolder, small, large, secrets }) {
  return step("Starting the servers", async () => {
    // Before anybody has the file open that is copied.
    const metered = await startMetered(small);
    const lane = await startProduct("lane", small);
    return {
      ...metered,
      floor: await startFloor(await answersOf(lane.origin, secrets[0])),
      bare: await startNext("bare", bareFolder, "/plain"),
      next: await startNext("next", root, "/api/health/ready", settings(small)),
      lane,
      nextLarge: await startNext("next-large", root, "/api/health/ready", settings(large)),
      laneLarge: await startProduct("lane-large", large),
    };
  });
}

function legs(servers, { credentials, secrets }) {
  const bearer = (name, values) => ({
    header: "authorization",
    file: written(
      name,
      values.map((value) => `Bearer ${value}`),
    ),
  });
  const key = bearer("keys", secrets);
  const token = bearer("token", [credentials.token]);
  const cookie = { header: "cookie", file: written("cookie", [credentials.cookie]) };
  const leg = (id, name, server, shown, pathname = "/api/v1/verify") => ({
    id,
    name,
    server,
    ...shown,
    url: servers[server].origin + pathname,
  });
  const predict = (id, name, server, model) => ({
    ...leg(id, name, server, key, "/api/v1/predictions"),
    body: callOf(model),
  });
  return [
    leg("floor", "node:http, nothing else", "floor", key),
    predict("floor-json", "node:http, JSON in and out", "floor", models.unkept),
    leg("bare", "bare Next route, nothing else", "bare", key, "/plain"),
    leg("live", "health of this app through Next", "next", key, "/api/health/live"),
    leg("next-token", "verify a token through Next", "next", token),
    leg("next-key", "verify a key through Next", "next", key),
    leg("next-cookie", "verify a cookie through Next", "next", cookie),
    leg("token", "verify a token, fast lane", "lane", token),
    leg("key", "verify a key, fast lane", "lane", key),
    leg("cookie", "verify a cookie, fast lane", "lane", cookie),
    predict("next-predict", "predict through Next", "next", models.unkept),
    predict("predict", "predict, fast lane", "lane", models.unkept),
    predict("predict-unmetered", "predict, fast lane, not metered", "laneUnmetered", models.unkept),
    predict("predict-quota", "predict, fast lane, with a quota", "laneQuota", models.unkept),
    predict("predict-kept", "predict, fast lane, history kept", "lane", models.kept),
    predict("predict-alone", "predict, fast lane, one row per run", "lane", models.alone),
    leg("next-key-large", "verify a key through Next, 1,000,000 keys", "nextLarge", key),
    leg("key-large", "verify a key, fast lane, 1,000,000 keys", "laneLarge", key),
  ];
}

/** Both rounds as one: their mean rate, and the worse of their times. */
function joined(rounds) {
  const worst = (name) => Math.max(...rounds.map((round) => round[name]));
  const sum = (name) => rounds.reduce((total, round) => total + round[name], 0);
  return {
    rate: sum("rate") / rounds.length,
    cpuUs: sum("cpuUs") / rounds.length,
    ...Object.fromEntries(["p50", "p95", "p99", "loopMs", "memory"].map((name) => [name, worst(name)])),
    errors: sum("errors"),
  };
}

async function measure(servers, list, { connections, seconds }, order = list) {
  const found = new Map(list.map(({ id }) => [id, []]));
  for (const leg of order) {
    found.get(leg.id).push(await load(servers[leg.server], leg, connections, seconds));
    process.stdout.write(".");
  }
  return list.map(({ id, name }) => ({ id, name, connections, ...joined(found.get(id)) }));
}

function withRatios(rows) {
  const rateOf = (id) => rows.find((row) => row.id === id).rate;
  return rows.map((row) => ({ ...row, floorRate: rateOf("floor"), bareRate: rateOf("bare") }));
}

async function benchDoor() {
  const busy = loadavg()[0] / availableParallelism();
  await prepare();
  const bareFolder = await buildBareNext();
  const installs = await prepareInstalls({ hasLarge: true });
  const servers = await startAll({ bareFolder, ...installs });
  const all = legs(servers, installs);
  process.stdout.write("  Measuring ");
  const rows = [
    // There and back again: whatever else the machine does meanwhile, it does to all of them.
    ...withRatios(await measure(servers, all, few, [...all, ...all.toReversed()])),
    ...withRatios(await measure(servers, all, many)),
  ];
  console.log(`\n\n${machine()}\n\n${table(rows)}\n\nWhat is hoped for\n`);
  for (const target of targets(rows, few.connections, many.connections)) console.log(targetLine(target));
  if (busy > 0.3)
    console.log(
      "\nOther programs were busy when this began: only the column CPU can be compared with anything.",
    );
}

const meteringRounds = 5;
/** Long enough that nobody's first calls are most of it: those hold for each alone. */
const meteringLoad = { ...few, seconds: 8 };

/** The same calls without counting, with it, and with a quota: they take turns, so that all have the same machine. */
async function benchMetering() {
  await prepare();
  const { small, secrets } = await prepareInstalls({ hasLarge: false });
  const servers = await step("Starting the servers", async () => ({
    ...(await startMetered(small)),
    lane: await startProduct("lane", small),
  }));
  for (const { origin } of Object.values(servers)) await answersOf(origin, secrets[0]);
  const file = written(
    "keys",
    secrets.map((secret) => `Bearer ${secret}`),
  );
  const leg = (id, name, server) => ({
    ...{ id, name, server, header: "authorization", file, body: callOf(models.unkept) },
    url: `${servers[server].origin}/api/v1/predictions`,
  });
  const all = [
    leg("unmetered", "predict, not metered", "laneUnmetered"),
    leg("metered", "predict", "lane"),
    leg("quota", "predict, with a quota", "laneQuota"),
  ];
  process.stdout.write("  Measuring ");
  const order = Array.from({ length: meteringRounds }, (_, round) => (round % 2 ? all.toReversed() : all));
  const rows = await measure(servers, all, meteringLoad, order.flat());
  const [bare] = rows;
  console.log(`\n\n${machine()}\n`);
  for (const { name, rate, cpuUs, p99, errors } of rows)
    console.log(
      `  ${name.padEnd(24)} ${rate.toFixed(0)} a second, ${(rate / bare.rate).toFixed(3)} of it; processor time ` +
        `${(cpuUs / bare.cpuUs).toFixed(2)} times; p99 ${p99} ms; ${errors} errors`,
    );
}

try {
  console.log("\nMeasuring Adyton\n");
  const [what, ...rest] = process.argv.slice(2);
  if (what === "usage") await benchUsage(rest);
  else if (what === "metering") await benchMetering();
  else await benchDoor();
  stopAll();
} catch (error) {
  fail(error);
}
