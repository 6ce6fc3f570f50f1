// Versions that may not be older, and a lockfile that works everywhere.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { missingOptional } from "../lockfile.mjs";
import { at } from "../prepare.mjs";

const floors = [
  { name: "next", least: "16.4.3", reason: "earlier ones let requests past middleware" },
  { name: "next-auth", least: "5.0.0-beta.32", reason: "earlier ones take an error for a session" },
  { name: "zod", least: "4.6.7", reason: "earlier ones can be made to use up the memory" },
  { name: "sharp", least: "0.35.5", reason: "earlier ones have a hole in image decoding", mayBeAbsent: true },
];

/** Earlier ones can damage a database in WAL mode. */
const sqliteLeast = "3.51.3";

const numbers = (version) => version.split(/\D+/).filter(Boolean).map(Number);

/** `5.0.0` is later than `5.0.0-beta.32`; between two of the same kind the numbers decide. */
export function isOlder(version, least) {
  const [own, floor] = [numbers(version), numbers(least)];
  for (let index = 0; index < floor.length; index += 1) {
    if (own[index] === undefined) return version.includes("-");
    if (own[index] !== floor[index]) return own[index] < floor[index];
  }
  return version.includes("-") && !least.includes("-");
}

const entriesOf = (packages, name) =>
  Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${name}`));

function floorFaults(packages) {
  return floors.flatMap(({ name, least, reason, mayBeAbsent = false }) => {
    const entries = entriesOf(packages, name);
    if (entries.length === 0 && !mayBeAbsent) return [`package-lock.json has no ${name}.`];
    return entries
      .filter(([, { version }]) => isOlder(version, least))
      .map(([place, { version }]) => `${place} is ${version}; ${least} or later is needed: ${reason}.`);
  });
}

function sqliteFaults() {
  const Database = createRequire(at("package.json"))("better-sqlite3");
  const version = new Database(":memory:").prepare("SELECT sqlite_version()").pluck().get();
  return isOlder(version, sqliteLeast)
    ? [`SQLite is ${version}; ${sqliteLeast} or later is needed: earlier ones can damage a database.`]
    : [];
}

function lockFaults(lock) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const root = lock.packages[""];
  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const advice = "Run: npm run lock";
  const faults = [];
  if (!isSame(dependencies, root.dependencies) || !isSame(devDependencies, root.devDependencies))
    faults.push(`package-lock.json was not written for this package.json. ${advice}`);
  if (Object.values(lock.packages).some(({ resolved }) => resolved))
    faults.push(
      `package-lock.json names the registry it was made with, which others may not reach. ${advice}`,
    );
  for (const { place, name } of missingOptional(lock.packages))
    faults.push(`package-lock.json lacks ${name}, which ${place} may want on another system. ${advice}`);
  return faults;
}

export function versionFaults() {
  const lock = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  return [...floorFaults(lock.packages), ...sqliteFaults(), ...lockFaults(lock)];
}
