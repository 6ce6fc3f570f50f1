import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { verifyAuditChain } from "../audit/queries";
import { systemActor } from "../core/actor";
import { closeDatabase, db } from "../infra/db/client";
import { env } from "../infra/env";
import { takeSingleton } from "../infra/singleton";
import { modelFile } from "../models/files";
import { changeSettings } from "../settings/commands";
import { useDatabase } from "../testing/database";
import { useSettings } from "../testing/environment";
import { inProcesses } from "../testing/processes";
import { backUp, readLastBackup } from "./backup";

let disk: string;
beforeEach(async () => {
  await useDatabase();
  disk = mkdtempSync(path.join(tmpdir(), "adyton-backup-"));
  onTestFinished(() => rmSync(disk, { recursive: true, force: true }));
});

const modeOf = (...names: string[]) => statSync(path.join(...names)).mode & 0o777;

/** From here on this process uses the copy, as a start after putting it back would. */
async function openCopy(folder: string): Promise<void> {
  await closeDatabase();
  for (const name of ["env", "secrets", "settings"]) takeSingleton(name);
  useSettings({ DATA_DIR: folder, DATABASE_URL: undefined, LOG_LEVEL: "silent" });
}

/** As the command does it: in a process of its own, three times. */
const copying = (to: string) =>
  inProcesses<string[]>(1, {
    imports: `import { backUp } from "./lib/install/backup";`,
    lines: `const folders = [];
      for (const name of ["a", "b", "c"]) folders.push((await backUp("${to}/" + name)).folder);
      return folders;`,
  }).then(([folders = []]) => folders);

// Seen failing: with a plain copy of the file instead of VACUUM INTO, what stood in the journal is missing.
test("a copy that is made while others write opens, with a whole chain of events and every model file", async () => {
  const sha256 = "a1".repeat(32);
  mkdirSync(path.join(env().dataDir, "models"));
  writeFileSync(modelFile(sha256), "a model");
  const write = (value: number) =>
    changeSettings(systemActor("test") as never, { login_attempts_max: value } as never);
  // These lie in the journal beside the database file.
  for (const value of [3, 4, 5, 6]) await write(value);
  const before = await db().auditEvent.count();
  let isOver = false;
  const done = copying(disk).finally(() => {
    isOver = true;
  });
  for (let value = 7; value < 90 && !isOver; value += 1) await write(value);
  const folders = await done;
  expect(await db().auditEvent.count()).toBeGreaterThan(before);
  expect(folders).toHaveLength(3);
  for (const folder of folders) {
    await openCopy(folder);
    const report = await verifyAuditChain(systemActor("test"));
    expect(report.isIntact).toBe(true);
    expect(report.events).toBeGreaterThanOrEqual(before);
    expect(readFileSync(modelFile(sha256), "utf8")).toBe("a model");
  }
  await useDatabase();
});

test("it is for its own user only, and the time it was made is known", async () => {
  expect(readLastBackup()).toBeNull();
  const { folder } = await backUp(path.join(disk, "new"));
  expect(modeOf(disk, "new")).toBe(0o700);
  expect(modeOf(folder)).toBe(0o700);
  expect(modeOf(folder, "models")).toBe(0o700);
  for (const name of ["adyton.db", "secrets.json"])
    expect([name, modeOf(folder, name)]).toEqual([name, 0o600]);
  expect(modeOf(env().dataDir, "last-backup.json")).toBe(0o600);
  expect(readLastBackup()?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  // Not a word of the copy itself goes on counting as a backup of the copy.
  await openCopy(folder);
  expect(readLastBackup()).toBeNull();
  await useDatabase();
});

test("nothing is left of one that failed, and none was made", async () => {
  await expect(backUp(path.join(env().dataDir, "inside"))).rejects.toThrow("outside");
  await expect(backUp(path.join(env().dataDir, "../template/adyton.db/inside"))).rejects.toThrow(
    "cannot be written",
  );
  await db().$disconnect();
  rmSync(path.join(env().dataDir, "adyton.db"));
  await expect(backUp(disk)).rejects.toThrow("no database");
  expect(readdirSync(disk)).toEqual([]);
  expect(readLastBackup()).toBeNull();
  await useDatabase();
});
