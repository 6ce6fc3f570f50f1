// `npm run lock`: writes package-lock.json anew after package.json changed, complete for every platform.
// npm leaves out optional packages that the registry at hand does not offer, and `npm ci` then refuses the file
// everywhere; their entries are added here from what the packages that want them say.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { missingOptional } from "./lockfile.mjs";

const root = path.resolve(import.meta.dirname, "..");
// Away from node_modules: with one beside it, npm writes down only what is installed there.
const scratch = mkdtempSync(path.join(tmpdir(), "adyton-lock-"));
for (const name of ["package.json", "package-lock.json"]) {
  if (existsSync(path.join(root, name))) copyFileSync(path.join(root, name), path.join(scratch, name));
}
execFileSync("npm", ["install", "--package-lock-only", "--no-fund", "--no-audit"], {
  cwd: scratch,
  stdio: "inherit",
});

const lock = JSON.parse(readFileSync(path.join(scratch, "package-lock.json"), "utf8"));

const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

const gaps = missingOptional(lock.packages).filter(({ version }) => /^\d/.test(version));
for (const { place, name, version } of gaps) {
  const words = name.split(/[-/]/);
  const isProcessor = (cpu) =>
    words.some((word) => word.startsWith(cpu) || (cpu === "arm" && word === "gnueabihf"));
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu: processors.filter(isProcessor).slice(0, 1),
    dev: lock.packages[place].dev,
    optional: true,
    os: systems.filter((system) => words.includes(system)),
  };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path.join(root, "package-lock.json"), `${JSON.stringify(lock, null, 2)}\n`);
rmSync(scratch, { recursive: true, force: true });
console.log(`package-lock.json written; ${gaps.length} entries for other platforms completed.`);
