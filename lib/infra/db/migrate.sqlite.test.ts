import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { useDatabase } from "../../testing/database";
import { SetupError } from "../env";
import { secret } from "../secrets";
import { closeDatabase, db } from "./client";
import { prepareDatabase } from "./migrate";

let file: string;
let dataDir: string;
beforeEach(async () => {
  dataDir = await useDatabase({ isEmpty: true });
  file = path.join(dataDir, "adyton.db");
});

afterAll(async () => void (await useDatabase()));

async function prepared(): Promise<void> {
  await prepareDatabase();
  secret("pepper");
  await closeDatabase();
}

const refused = (sentence: RegExp) =>
  expect(prepareDatabase()).rejects.toThrow(
    expect.objectContaining({ name: "SetupError", message: expect.stringMatching(sentence) }),
  );

// Seen failing: without rememberDatabase a new empty database appears beside the lost one.
test("a lost file is reported and no empty one takes its place", async () => {
  await prepared();
  rmSync(file);
  await refused(/is gone, but this install had one/);
  expect(existsSync(file)).toBe(false);
  await refused(/is gone/);
});

test.each<[string, () => void]>([
  ["text", () => writeFileSync(file, "this is not a database, ".repeat(500))],
  ["a picture's first bytes", () => writeFileSync(file, Buffer.from("89504e470d0a1a0a".repeat(600), "hex"))],
])("a file that is %s is refused and left byte-identical", async (_name, make) => {
  make();
  const before = readFileSync(file);
  await refused(/cannot be read/);
  await closeDatabase();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a database that was cut in the middle is refused and left byte-identical", async () => {
  await prepared();
  truncateSync(file, 5_000);
  const before = readFileSync(file);
  await expect(prepareDatabase()).rejects.toThrow(SetupError);
  await closeDatabase();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a folder in the place of the file is refused", async () => {
  mkdirSync(file);
  await refused(/cannot be read/);
});

test("nobody but the owner can read the database, its journal and the notes beside it", async () => {
  await prepareDatabase();
  secret("pepper");
  await db().plan.update({ where: { id: "free" }, data: { name: "Free" } });
  const modes = readdirSync(dataDir).map((name) => [
    name,
    (statSync(path.join(dataDir, name)).mode & 0o077).toString(8),
  ]);
  expect(modes.map(([name]) => name)).toEqual(
    expect.arrayContaining(["adyton.db", "install.json", "secrets.json"]),
  );
  expect(modes.filter(([, others]) => others !== "0")).toEqual([]);
});

test("a note about the install that is garbage is a sentence, not a stack", async () => {
  await prepared();
  appendFileSync(path.join(dataDir, "install.json"), "}}");
  chmodSync(path.join(dataDir, "install.json"), 0o600);
  rmSync(file);
  await expect(prepareDatabase()).rejects.toThrow();
  expect(existsSync(file)).toBe(false);
});
