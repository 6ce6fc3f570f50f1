import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../lib/testing/postgres";
import { Client } from "./client";
import { logFile, noteSecret } from "./evidence";
import { raiseStrangerLimit } from "./raise-stranger-limit";
import { copyWithoutMiddleware } from "./without-middleware";

export const root = path.resolve(import.meta.dirname, "../..");

/** `server`: as `npm start` runs it. `next`, `dev`: Next alone, without `server.ts`; `next-without-middleware`: without any gate. All on one build. */
export type HostKind = "server" | "next" | "next-without-middleware" | "dev";

type Options = {
  kind?: HostKind;
  env?: Record<string, string>;
  /** To go on with the data of an earlier host; otherwise a new folder, which is removed again. */
  dataDir?: string;
  /** As it is by default, strangers get 100 requests a minute; the tests of other things need more. */
  hasStrangerLimit?: boolean;
};

/** In milliseconds. `p99Own` leaves out what the thread waited for a processor that other programs had. */
export type LoopDelay = { p99: number; p99Own: number; max: number; samples: number };

export type Host = {
  kind: HostKind;
  /** Where it listens; BASE_URL may say another address. */
  origin: string;
  port: number;
  pid: number;
  dataDir: string;
  admin: { email: string; password: string };
  /** A caller of its own, with its own cookies. */
  client: () => Client;
  logs: () => string;
  /** Asks the process to end and waits; answers its exit code. */
  stop: () => Promise<number | null>;
  /** `kill -9`. */
  kill: () => Promise<void>;
  signal: (name: NodeJS.Signals) => void;
  exited: Promise<number | null>;
  moveClock: (ms: number) => Promise<void>;
  /** What raises alerts looks once a minute; this is for those who cannot wait. */
  lookForAlerts: () => Promise<void>;
  measureLoop: () => Promise<void>;
  reportLoop: () => Promise<LoopDelay>;
};

const adminEmail = "owner@hosts.example";
const adminPassword = "correct horse battery staple 17";
const readyWithinMs = 120_000;
const stopWithinMs = 15_000;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

let count = 0;

export async function startHost({
  kind = "server",
  env = {},
  dataDir,
  hasStrangerLimit = false,
}: Options = {}): Promise<Host> {
  assertBuild();
  const port = await freePort();
  const isOwnFolder = dataDir === undefined;
  const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), "adyton-host-"));
  const appDir = kind === "next-without-middleware" ? copyWithoutMiddleware(root) : root;
  noteSecret(adminPassword);
  const settings: NodeJS.ProcessEnv = {
    ...inheritedEnv(),
    NODE_ENV: kind === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    BASE_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    APP_DIR: appDir,
    ...env,
  };
  const isNextAlone = kind !== "server";
  if (isNextAlone) {
    const launch = path.join(root, "e2e/support/launch.mjs");
    execFileSync(process.execPath, [launch, "e2e/support/prepare-host.ts", "prepare"], { env: settings });
  }
  count += 1;
  const child = spawn(process.execPath, programOf(kind, port), {
    cwd: appDir,
    env: settings,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  running.add(child);
  const logs = collectLogs(child, `${process.pid}-${count}-${kind}`);
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  const cleanUp = () => {
    if (isOwnFolder) rmSync(folder, { recursive: true, force: true });
    if (appDir !== root) rmSync(appDir, { recursive: true, force: true });
  };
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
    const code = await exited;
    clearTimeout(timer);
    cleanUp();
    return code;
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    const database = env.DATABASE_URL ?? path.join(folder, "adyton.db");
    await waitUntilReady(origin, exited, logs, hasStrangerLimit ? null : database);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind,
    origin,
    port,
    pid: child.pid ?? 0,
    dataDir: folder,
    admin: { email: adminEmail, password: adminPassword },
    client: () => new Client(origin),
    logs,
    stop,
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    signal: (name) => void child.kill(name),
    exited,
    moveClock: async (ms) => void (await askProbe(child, { probe: "moveClock", ms })),
    lookForAlerts: async () => void (await askProbe(child, { probe: "lookForAlerts" })),
    measureLoop: async () => void (await askProbe(child, { probe: "measure" })),
    reportLoop: () => askProbe(child, { probe: "report" }) as Promise<LoopDelay>,
  };
}

function assertBuild(): void {
  if (!existsSync(path.join(root, ".next/BUILD_ID")))
    throw new Error("There is no build to start. Run npm test, or npm start once.");
}

/** What the developer has set for the own install must not reach the hosts of the tests. */
const inheritedEnv = () =>
  Object.fromEntries(["PATH", "HOME", "TMPDIR", "LANG"].map((name) => [name, process.env[name]]));

function programOf(kind: HostKind, port: number): string[] {
  const probe = ["--import", path.join(root, "e2e/support/probe.mjs")];
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const address = ["-p", String(port), "-H", "127.0.0.1"];
  if (kind.startsWith("next")) return [...probe, next, "start", ...address];
  // No probe: next dev works in a child of its own, to which it would hand the probe and the channel on.
  if (kind === "dev") return [next, "dev", ...address];
  return [...probe, path.join(root, "e2e/support/launch.mjs"), "scripts/serve.ts", "serve"];
}

function collectLogs(child: ChildProcess, name: string): () => string {
  let text = "";
  const file = createWriteStream(logFile(name));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => {
      text += data;
      file.write(data);
    });
  }
  child.once("close", () => file.end());
  return () => text;
}

async function waitUntilReady(
  origin: string,
  exited: Promise<number | null>,
  logs: () => string,
  database: string | null,
): Promise<void> {
  let isRaised = database === null;
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline && !isOver) {
    if (!isRaised && database !== null) isRaised = await raiseStrangerLimit(database);
    const answer = await fetch(`${origin}/api/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`The host did not become ready:\n${logs().slice(-4000)}`);
}

function askProbe(child: ChildProcess, question: { probe: string; ms?: number }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The probe did not answer ${question.probe}.`)), 15_000);
    const listen = (answer: { probe?: string }) => {
      if (answer.probe !== question.probe) return;
      clearTimeout(timer);
      child.off("message", listen);
      resolve(answer);
    };
    child.on("message", listen);
    child.send(question);
  });
}
