// What a fresh clone needs before anything can run. Each part notes what it was made from and is skipped while
// that stays the same, so that the second start costs nothing.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StepError, step } from "./steps.mjs";

const root = path.resolve(import.meta.dirname, "..");
const at = (...parts) => path.join(root, ...parts);

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new StepError(
      `Adyton needs Node 20.19 or later; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
    );
  }
}

/** Runs a program quietly; its output is shown only when it fails. */
export function quietly(command, args, { env = {}, advice = "" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new StepError(`${output.trim().slice(-4000)}\n\n"${command} ${args.join(" ")}" failed. ${advice}`),
        );
    });
  });
}

const skipped = new Set([
  "testing",
  "node_modules",
  ".next",
  "build",
  "data",
  "generated",
  ".git",
  "test-results",
]);

/** The files below the given places, with size and time of change: enough to notice any edit, and quick. */
function fingerprint(places) {
  const hash = createHash("sha256");
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort())
        if (!skipped.has(name) && !name.includes(".test.")) visit(path.join(file, name));
    } else hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const place of places) visit(at(place));
  return hash.update(process.versions.node).digest("hex");
}

async function whenChanged(name, { inputs, output, work, label }) {
  const noteFile = at("node_modules", ".adyton", name);
  const current = fingerprint(inputs);
  const isCurrent =
    existsSync(at(output)) && existsSync(noteFile) && readFileSync(noteFile, "utf8") === current;
  if (isCurrent) return;
  await step(label, work);
  mkdirSync(path.dirname(noteFile), { recursive: true });
  writeFileSync(noteFile, current);
}

/** npm 10 does not know allowScripts; the variable keeps that package's script from downloading. */
const installEnv = { ONNXRUNTIME_NODE_INSTALL: "skip", NEXT_TELEMETRY_DISABLED: "1" };

export const installPackages = () =>
  whenChanged("install", {
    label: "Installing packages (a minute or two, the first time only)",
    inputs: ["package.json", "package-lock.json"],
    output: "node_modules/next/package.json",
    work: () =>
      quietly("npm", ["ci", "--no-fund", "--no-audit", "--include=dev"], {
        env: installEnv,
        advice: "Check the network and the disk space, then run the same command again.",
      }),
  });

/** Prisma looks for an engine to download that generating does not use; any program that exists satisfies it. */
const generate = (schema) =>
  quietly(process.execPath, [at("node_modules/prisma/build/index.js"), "generate", "--schema", schema], {
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    advice: "Run npm ci and try again.",
  });

export const generateClients = () =>
  whenChanged("generate", {
    label: "Generating the database clients",
    inputs: ["prisma/schema.prisma", "prisma/postgres/schema.prisma", "node_modules/prisma/package.json"],
    output: "lib/infra/db/generated/postgres/client.ts",
    work: async () => {
      await generate("prisma/schema.prisma");
      await generate("prisma/postgres/schema.prisma");
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
];

export const buildApp = () =>
  whenChanged("build", {
    label: "Building the app",
    inputs: buildInputs,
    output: ".next/BUILD_ID",
    work: () =>
      quietly(process.execPath, [at("node_modules/next/dist/bin/next"), "build"], {
        env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
        advice: "If memory is short, close other programs and try again.",
      }),
  });
