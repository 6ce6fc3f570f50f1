import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invite, signInAdmin } from "../support/people";
import { root, startHost } from "../support/start-host";

// Seen failing: with `brokenLink` always null each of these is reported as intact.

let original: string;
const copies: string[] = [];

/** A data folder with a dozen events, made by a real host that has stopped since. */
beforeAll(async () => {
  original = mkdtempSync(path.join(tmpdir(), "adyton-tamper-"));
  const host = await startHost({ dataDir: original });
  const admin = await signInAdmin(host);
  for (let index = 0; index < 10; index += 1) await invite(admin);
  await host.stop();
});
afterAll(() => {
  for (const folder of [original, ...copies]) rmSync(folder, { recursive: true, force: true });
});

function tampered(change: (database: Database.Database) => void): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), "adyton-tampered-"));
  copies.push(dataDir);
  cpSync(original, dataDir, { recursive: true });
  const database = new Database(path.join(dataDir, "adyton.db"));
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
  }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  change(database);
  database.close();
  return dataDir;
}

/** What `npm run admin -- verify-audit` says. */
function verify(dataDir: string) {
  const database = path.join(dataDir, "adyton.db");
  const ran = spawnSync(process.execPath, [path.join(root, "scripts/admin.mjs"), "verify-audit"], {
    cwd: root,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      DATABASE_URL: `file:${database}`,
    } as unknown as NodeJS.ProcessEnv,
  });
  return { code: ran.status, text: ran.stdout + ran.stderr };
}

const move = (database: Database.Database, from: number, to: number) =>
  database.prepare("UPDATE audit_events SET position = ? WHERE position = ?").run(to, from);

describe("an audit log changed by hand in the file", () => {
  test("that was not changed verifies", () => {
    const { code, text } = verify(tampered(() => {}));
    expect({ code, text }).toMatchObject({ code: 0 });
  });

  test("cannot be changed while its triggers are there", () => {
    const database = new Database(path.join(original, "adyton.db"));
    for (const statement of [
      "UPDATE audit_events SET detail = '{}'",
      "DELETE FROM audit_events",
      "INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events",
    ]) {
      expect(() => database.exec(statement)).toThrow(/cannot be/);
    }
    database.close();
  });

  test.each([
    [
      "a changed event",
      5,
      (database) => database.exec('UPDATE audit_events SET detail = \'{"name":"x"}\' WHERE position = 5'),
    ],
    [
      "a changed time",
      6,
      (database) =>
        database.exec("UPDATE audit_events SET at = '2001-01-01T00:00:00.000+00:00' WHERE position = 6"),
    ],
    ["a removed event", 7, (database) => database.exec("DELETE FROM audit_events WHERE position = 7")],
    [
      "two events in the other order",
      4,
      (database) => {
        move(database, 4, -1);
        move(database, 8, 4);
        move(database, -1, 8);
      },
    ],
    [
      "a removed event with the gap closed",
      6,
      (database) => {
        database.exec("DELETE FROM audit_events WHERE position = 6");
        for (let position = 7; position <= 12; position += 1) move(database, position, position - 1);
      },
    ],
    ["a cut tail", 10, (database) => database.exec("DELETE FROM audit_events WHERE position >= 10")],
    [
      "a cut tail with the head set back",
      9,
      (database) => {
        database.exec("DELETE FROM audit_events WHERE position >= 10");
        database.exec(
          "UPDATE audit_head SET position = 9, hash = (SELECT hash FROM audit_events WHERE position = 9)",
        );
      },
    ],
  ] as [string, number, (database: Database.Database) => unknown][])(
    "reports %s by its position",
    (_name, position, change) => {
      const { code, text } = verify(tampered(change));
      expect(code).toBe(1);
      expect(text).toMatch(new RegExp(`\\b${position}\\b`));
    },
  );

  test("is reported the same by the API", async () => {
    const dataDir = tampered((database) => database.exec("DELETE FROM audit_events WHERE position = 7"));
    const host = await startHost({ dataDir });
    const report = (await (await signInAdmin(host)).api("POST", "/api/v1/admin/audit/verify")).json();
    await host.stop();
    expect(report).toMatchObject({ is_intact: false, broken_at: 7, verified_up_to: 6 });
  });
});
