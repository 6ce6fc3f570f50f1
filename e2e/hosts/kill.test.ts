import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { Client } from "../support/client";
import { signInAdmin } from "../support/people";
import { stateInTables, stateToldByAudit } from "../support/replay-audit";
import { type Host, startHost } from "../support/start-host";

// A killed process is not a power cut: what the operating system has taken over is written all the same.

const rounds = 10;
const writesEach = 200;
const lanes = 16;
const killWithinMs = 40;
const settingKeys = ["invitation_hours", "password_reset_hours"] as const;

/** What was answered with success, and so has to be there after the kill. */
type Answered = {
  accounts: Map<string, { name: string; disabled: boolean }>;
  settings: Map<string, number>;
  writes: number;
};

/** A setting whose last change was not answered. */
const unknown = 0;

const upTo = (count: number): number => Math.floor(Math.random() * count);

type Write = { admin: Client; answered: Answered; number: string };

async function create({ admin, answered, number }: Write): Promise<boolean> {
  const body = { email: `kill-${number}@hosts.example`, name: `Name ${number}` };
  const answer = await admin.api("POST", "/api/v1/admin/users", body);
  if (answer.status !== 201) return false;
  const { user } = answer.json<{ user: { id: string } }>();
  answered.accounts.set(user.id, { name: body.name, disabled: false });
  return true;
}

/** Taken out while it is being changed: nobody else changes it, and when no answer comes, either state is right. */
async function change(write: Write): Promise<boolean> {
  const { accounts } = write.answered;
  const [id, before] = [...accounts][upTo(accounts.size)] ?? [];
  if (id === undefined || before === undefined) return create(write);
  accounts.delete(id);
  const body = upTo(2) === 0 ? { name: `Renamed ${write.number}` } : { disabled: !before.disabled };
  const answer = await write.admin.api("PATCH", `/api/v1/admin/users/${id}`, body);
  if (answer.status === 200) accounts.set(id, { ...before, ...body });
  return answer.status === 200;
}

async function setValue(write: Write): Promise<boolean> {
  const { settings } = write.answered;
  const [key] = [...settings.keys()];
  if (key === undefined) return create(write);
  settings.delete(key);
  const value = 1 + upTo(72);
  const answer = await write.admin.api("PATCH", "/api/v1/admin/settings", { [key]: value });
  if (answer.status === 200) settings.set(key, value);
  return answer.status === 200;
}

/** The kill comes at any moment: right after an answer all lanes would just have begun, and nothing be half done. */
async function killWhileWriting(host: Host, admin: Client, answered: Answered, round: number): Promise<void> {
  const killAfter = Math.floor(writesEach * (0.2 + Math.random() * 0.6));
  for (const key of settingKeys) if (!answered.settings.has(key)) answered.settings.set(key, unknown);
  let started = 0;
  let isKilled = false;
  void host.exited.then(() => {
    isKilled = true;
  });
  const lane = async () => {
    while (started < writesEach && !isKilled) {
      started += 1;
      if (started === killAfter) setTimeout(() => void host.kill(), upTo(killWithinMs));
      const write = [create, change, change, setValue][upTo(4)] ?? create;
      const isDone = await write({ admin, answered, number: `${round}-${started}` }).catch(() => false);
      if (isDone) answered.writes += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await host.exited;
}

/** Asked of the host that was started again on what the killed one left. */
async function checkAfterKill(host: Host, admin: Client, answered: Answered): Promise<number> {
  const database = new Database(path.join(host.dataDir, "adyton.db"), { readonly: true });
  try {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    const state = stateInTables(database);
    for (const [id, account] of answered.accounts)
      expect({ id, ...state.accounts[id] }).toEqual({ id, ...account });
    for (const [key, value] of answered.settings)
      if (value !== unknown) expect({ key, value: state.settings[key] }).toEqual({ key, value });
    // No effect without its event, no event without its effect, answered or not.
    expect(stateToldByAudit(database)).toEqual(state);
  } finally {
    database.close();
  }
  const report = (await admin.api("POST", "/api/v1/admin/audit/verify")).json<{ events: number }>();
  expect(report).toMatchObject({ is_intact: true, broken_at: null });
  return report.events;
}

// Seen failing: with the events of lib/audit/commands/audited.ts appended after its transaction, the first kill
// already leaves a changed account behind that the audit log knows nothing of.
test(`after kill -9 during ${writesEach} random writes, ${rounds} times, every answered write is there and the chain holds`, async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "adyton-kill-"));
  const answered: Answered = { accounts: new Map(), settings: new Map(), writes: 0 };
  let host = await startHost({ hasStrangerLimit: true, dataDir });
  const admin = await signInAdmin(host);
  let events = 0;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await killWhileWriting(host, admin.copyAt(host.origin), answered, round);
      host = await startHost({ hasStrangerLimit: true, dataDir });
      // The session of before the kill: it was answered with 200, so it is there too.
      events = await checkAfterKill(host, admin.copyAt(host.origin), answered);
    }
    console.log(`${answered.writes} answered writes and ${events} events survived ${rounds} kills`);
    expect(answered.writes).toBeGreaterThan(rounds * 40);
  } finally {
    await host.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);
