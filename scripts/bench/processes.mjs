import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { at, root } from "../prepare.mjs";
import { StepError } from "../steps.mjs";

const startWithinMs = 60_000;
const running = new Set();

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The install of whoever runs this must not be touched, nor its settings be used. */
const cleanEnv = () =>
  Object.fromEntries(["PATH", "HOME", "TMPDIR", "LANG"].map((name) => [name, process.env[name]]));

/** As `npm start` has it: with a thousand calls in flight, most of what is new is still needed when it gets full. */
const roomForTheYoung = "--max-semi-space-size=64";

/**
 * Starts a server and waits until it answers `readyPath`. `program` may use the port. Its log goes to a file, as it
 * would in service: writing it is part of the work.
 */
export async function startProcess({ program, env = {}, logFile, readyPath }) {
  const watcher = ["--import", at("scripts", "bench", "watch-loop.mjs")];
  const port = await freePort();
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [roomForTheYoung, ...watcher, ...program(port)], {
    cwd: root,
    env: { ...cleanEnv(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PORT: String(port), ...env },
    stdio: ["ignore", log, log, "ipc"],
  });
  running.add(child);
  const exited = new Promise((resolve) =>
    child.once("exit", () => {
      running.delete(child);
      resolve();
    }),
  );
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startWithinMs;
  while (
    !(await fetch(origin + readyPath).then(
      ({ status }) => status < 500,
      () => false,
    ))
  ) {
    if (Date.now() > deadline || child.exitCode !== null)
      throw new StepError(`A server did not start:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    watchLoop: () => ask(child, "watch"),
    /** By how many milliseconds its event loop was late since then: 99 of 100 times by no more. */
    loopDelay: () => ask(child, "report"),
    /** What the process has in memory right now, in MB. */
    memory: () => memoryOf(child.pid),
    /** What it has taken of the processors since it started. */
    cpuSeconds: () => cpuSecondsOf(child.pid),
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

const ask = (child, question) =>
  new Promise((resolve) => {
    child.once("message", ({ answer }) => resolve(answer));
    child.send({ question });
  });

export const stopAll = () => {
  for (const child of running) child.kill("SIGKILL");
};
process.once("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

function memoryOf(pid) {
  const status = readFileSync(path.join("/proc", String(pid), "status"), "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

const ticksPerSecond = 100;

function cpuSecondsOf(pid) {
  const text = readFileSync(path.join("/proc", String(pid), "stat"), "utf8");
  // The name in brackets may hold blanks; the two times are the 12th and 13th after it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
