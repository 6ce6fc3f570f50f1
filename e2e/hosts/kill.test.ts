import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { Client } from "../support/client";
import { signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

// A killed process is not a power cut: what the operating system has taken over is written all the same.

const rounds = 10;
const writesEach = 200;

/** What was answered with success, and so has to be there after the kill. */
type Answered = { users: Map<string, { name: string; disabled: boolean }> };

const pick = <T>(items: T[]): T | undefined => items[Math.floor(Math.random() * items.length)];

async function writeSomething(admin: Client, answered: Answered, number: string): Promise<void> {
  const id = pick([...answered.users.keys()]);
  const kind = id === undefined ? 0 : Math.floor(Math.random() * 4);
  if (kind === 0 || id === undefined) {
    const body = { email: `kill-${number}@hosts.example`, name: `Name ${number}` };
    const answer = await admin.api("POST", "/api/v1/admin/users", body);
    if (answer.status === 201) {
      const { user } = answer.json<{ user: { id: string } }>();
      answered.users.set(user.id, { name: body.name, disabled: false });
    }
    return;
  }
  // Taken out while it is being changed: when no answer comes, either state is right.
  const before = answered.users.get(id);
  answered.users.delete(id);
  if (!before) return;
  const change = kind === 1 ? { name: `Renamed ${number}` } : { disabled: kind === 2 };
  const answer = await admin.api("PATCH", `/api/v1/admin/users/${id}`, change);
  if (answer.status === 200) answered.users.set(id, { ...before, ...change });
}

async function killWhileWriting(host: Host, answered: Answered, round: number): Promise<void> {
  const admin = await signInAdmin(host);
  const killAfter = Math.floor(writesEach * (0.3 + Math.random() * 0.6));
  let started = 0;
  const worker = async () => {
    while (started < writesEach) {
      started += 1;
      if (started === killAfter) {
        // What is on its way now may or may not get through; nothing more is sent.
        started = writesEach;
        void host.kill();
        return;
      }
      await writeSomething(admin, answered, `${round}-${started}`).catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  await host.exited;
}

function checkFile(dataDir: string, answered: Answered): void {
  const database = new Database(path.join(dataDir, "adyton.db"));
  try {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    for (const [id, { name, disabled }] of answered.users) {
      const row = database.prepare("SELECT name, disabled_at FROM users WHERE id = ?").get(id) as
        | { name: string; disabled_at: string | null }
        | undefined;
      expect({ id, name: row?.name, disabled: row && row.disabled_at !== null }).toEqual({
        id,
        name,
        disabled,
      });
    }
    const orphans = database
      .prepare(
        `SELECT id FROM users WHERE id NOT IN (SELECT object_id FROM audit_events WHERE action = 'user.created')
         UNION SELECT object_id FROM audit_events WHERE action = 'user.created' AND object_id NOT IN (SELECT id FROM users)`,
      )
      .all();
    expect(orphans).toEqual([]);
  } finally {
    database.close();
  }
}

test(`after kill -9 during ${writesEach} random writes, ${rounds} times, every answered write is there and the chain holds`, async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "adyton-kill-"));
  const answered: Answered = { users: new Map() };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await killWhileWriting(await startHost({ dataDir }), answered, round);
      checkFile(dataDir, answered);
    }
    const host = await startHost({ dataDir });
    const report = (await (await signInAdmin(host)).api("POST", "/api/v1/admin/audit/verify")).json();
    await host.stop();
    console.log(`${answered.users.size} accounts with a known last state; ${JSON.stringify(report)}`);
    expect(report).toMatchObject({ is_intact: true, broken_at: null });
    expect(answered.users.size).toBeGreaterThan(50);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);
