// What a fresh clone needs before anything can run. Each part notes what it was made from and is skipped while
// that stays the same, so that the second start costs nothing. Plain Node: nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StepError, step } from "./steps.mjs";

export const root = path.resolve(import.meta.dirname, "..");
export const at = (...parts) => path.join(root, ...parts);

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new StepError(
      `Adyton needs Node 20.19 or later; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
    );
  }
}

/**
 * A program that ends before this one does: SIGTERM is passed on, and Ctrl-C reaches it by itself. `ended` answers
 * its exit code, unless this process was asked to stop: then it goes too.
 */
export function start(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options });
  let signalled = 0;
  const pass = () => {
    signalled = 143;
    child.kill("SIGTERM");
  };
  const wait = () => {
    signalled = 130;
  };
  process.on("SIGTERM", pass).on("SIGINT", wait);
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGTERM", pass).off("SIGINT", wait);
      if (signalled > 0) process.exit(signalled);
      resolve(code ?? 1);
    });
  });
  return { child, ended };
}

/** Runs a program quietly; its output is shown only when it fails. */
export async function quietly(command, args, { env = {}, advice = "", pidFile = null } = {}) {
  const { child, ended } = start(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (pidFile && child.pid) writeFileSync(pidFile, String(child.pid));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await ended;
  if (pidFile) rmSync(pidFile, { force: true });
  if (code === 0) return;
  throw new StepError(`${output.trim().slice(-4000)}\n\n"${command} ${args.join(" ")}" failed. ${advice}`);
}

const skipped = new Set(["testing", "node_modules", "generated"]);

/** One mark for all that is written in the files below the given places: any edit changes it. */
export function fingerprint(places) {
  const hash = createHash("sha256").update(process.versions.node);
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort())
        if (!skipped.has(name) && !name.includes(".test.")) visit(path.join(file, name));
    } else hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
  };
  for (const place of places) visit(at(place));
  return hash.digest("hex");
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Another command, or a program that outlived its killed command, may be making the same thing right now. */
async function waitForOther(pidFile) {
  const isBusy = () => existsSync(pidFile) && isAlive(Number(readFileSync(pidFile, "utf8")));
  if (!isBusy()) return;
  await step("Waiting for another command that is doing the same", async () => {
    while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 300));
  });
}

/** Does `work` unless its output is there and was made from these very inputs. */
async function whenChanged(name, { label, inputs, output, work }) {
  const noteFile = at("node_modules", ".adyton", name);
  const pidFile = at("build", `${name}.pid`);
  mkdirSync(path.dirname(pidFile), { recursive: true });
  await waitForOther(pidFile);
  const current = fingerprint(inputs);
  const isCurrent =
    existsSync(at(output)) && existsSync(noteFile) && readFileSync(noteFile, "utf8") === current;
  if (isCurrent) return;
  // Without a note, whatever a killed run leaves behind is made again by the next.
  rmSync(noteFile, { force: true });
  await step(label, () => work(pidFile));
  mkdirSync(path.dirname(noteFile), { recursive: true });
  writeFileSync(noteFile, current);
}

/** npm 10 does not know allowScripts; the variable keeps that package's script from downloading. */
const installEnv = { ONNXRUNTIME_NODE_INSTALL: "skip", NEXT_TELEMETRY_DISABLED: "1" };

export const installPackages = () =>
  whenChanged("install", {
    label: "Installing packages (a minute or two, the first time only)",
    inputs: ["package-lock.json"],
    output: "node_modules/next/package.json",
    work: (pidFile) =>
      quietly("npm", ["ci", "--no-fund", "--no-audit", "--include=dev"], {
        env: installEnv,
        pidFile,
        advice: "Check the network and the disk space, then run the same command again.",
      }),
  });

/** Prisma looks for an engine to download that generating does not use; any program that exists satisfies it. */
const generate = (schema, pidFile) =>
  quietly(process.execPath, [at("node_modules/prisma/build/index.js"), "generate", "--schema", schema], {
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    pidFile,
    advice: "Run npm ci and try again.",
  });

const schemas = ["prisma/schema.prisma", "prisma/postgres/schema.prisma"];

export const generateClients = () =>
  whenChanged("generate", {
    label: "Generating the database clients",
    inputs: [...schemas, "node_modules/prisma/package.json"],
    output: "lib/infra/db/generated/postgres/client.ts",
    work: async (pidFile) => {
      for (const schema of schemas) await generate(schema, pidFile);
    },
  });

const buildInputs = [
  "app",
  "lib",
  "middleware.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  ...schemas,
];

export const buildApp = () =>
  whenChanged("build", {
    label: "Building the app",
    inputs: buildInputs,
    output: ".next/BUILD_ID",
    work: (pidFile) =>
      quietly(process.execPath, [at("node_modules/next/dist/bin/next"), "build"], {
        env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
        pidFile,
        advice: "If memory is short, close other programs and try again.",
      }),
  });

/** Everything a command of this project needs, short of the built app. */
export async function prepareSources() {
  checkNode();
  await installPackages();
  await generateClients();
}
