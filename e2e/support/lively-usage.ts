import path from "node:path";
import Database from "better-sqlite3";
import type { Client } from "./client";
import type { Host } from "./start-host";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const grains = { hour: 1, day: 2, month: 3 };
const filledDays = 45;
const monthsBefore = 6;

/** What tells the rows of a table apart; everything else in them is counted. */
const tables = ["usage_counters", "usage_totals", "usage_error_counters", "usage_error_totals"];
const marks = new Set(["grain", "about", "at", "name", "subject", "code"]);
const counters = tables.slice(0, 2);

type Open = Database.Database;

/**
 * Weeks of usage: what was called until now, again and more often in the hours, days and months before, and some of it
 * slower or failed. Counted rows alone, written beside the app, so that it costs no calls.
 */
export async function fillWeeks(host: Host, caller: Client): Promise<void> {
  await waitUntilCounted(caller);
  const database = new Database(path.join(host.dataDir, "adyton.db"), { timeout: 10_000 });
  database.transaction(() => {
    for (const table of counters) {
      fillHours(database, table);
      slowSome(database, table);
    }
    failSome(database);
    for (const table of tables) {
      const day = `at / ${dayMs} * ${dayMs}`;
      addUp(database, table, grains.hour, grains.day, day);
      const month = "unixepoch(at / 1000, 'unixepoch', 'start of month') * 1000";
      addUp(database, table, grains.day, grains.month, month);
      for (let ago = 1; ago <= monthsBefore; ago++) copyMonth(database, table, ago);
    }
    settleAccounts(database);
  })();
  database.close();
}

async function waitUntilCounted(caller: Client): Promise<void> {
  for (;;) {
    const answer = await caller.get("/api/v1/usage");
    if (answer.status !== 200) throw new Error(`Usage cannot be looked at: ${answer.text}`);
    const { total } = answer.json<{ total: { calls: number } }>();
    if (total.calls > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const namesOf = (database: Open, table: string): string[] =>
  (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);

/** More at noon, fewer on weekends and growing: as such numbers are. */
function timesAt(ago: number): number {
  const day = Math.floor(ago / 24);
  const isWeekend = (day + 3) % 7 < 2;
  const atNoon = 1 + Math.round(2 * Math.sin((ago % 24) / 8) ** 2);
  const times = atNoon + 1 + ((ago * 7) % 3) + (day < 20 ? 1 : 0);
  return isWeekend ? Math.ceil(times / 3) : times;
}

function fillHours(database: Open, table: string): void {
  const names = namesOf(database, table);
  const values = names.map((name) =>
    name === "at" ? "at - @back" : marks.has(name) ? name : `${name} * @times`,
  );
  const copy = database.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM ${table}
     WHERE grain = ${grains.hour} AND at = @newest`,
  );
  const newest = database
    .prepare(`SELECT max(at) FROM ${table} WHERE grain = ${grains.hour}`)
    .pluck()
    .get() as number;
  for (let ago = 1; ago <= filledDays * 24; ago++)
    copy.run({ newest, back: ago * hourMs, times: timesAt(ago) });
}

/** On some days all calls are one bucket slower. */
function slowSome(database: Open, table: string): void {
  const buckets = namesOf(database, table).filter((name) => /^b\d+$/.test(name));
  const last = buckets.length - 1;
  const moved = buckets.map((name, at) =>
    at === 0 ? `${name} = 0` : `${name} = b${at - 1}${at === last ? ` + ${name}` : ""}`,
  );
  database.exec(
    `UPDATE ${table} SET ${moved.join(", ")} WHERE grain = ${grains.hour} AND at / ${dayMs} * 5 % 7 < 3`,
  );
}

/** In some hours a quarter of the calls fails, of everybody alike. Not in the last ones, which would be an alert. */
function failSome(database: Open): void {
  const some = `at / ${hourMs} % 7 = 0 AND at < ${Date.now() - 4 * hourMs}`;
  for (const table of counters)
    database.exec(`UPDATE ${table} SET failures = calls / 4 WHERE grain = ${grains.hour} AND ${some}`);
  const code = `CASE at / ${hourMs} % 3 WHEN 0 THEN 'model.timed_out' ELSE 'model.failed' END`;
  const failed = `grain = ${grains.hour} AND failures > 0`;
  database.exec(
    `INSERT OR IGNORE INTO usage_error_counters (grain, subject, at, code, calls)
       SELECT grain, subject, at, ${code}, failures FROM usage_counters WHERE ${failed};
     INSERT OR IGNORE INTO usage_error_totals (grain, at, code, calls)
       SELECT grain, at, ${code}, sum(failures) FROM usage_counters WHERE ${failed} GROUP BY at`,
  );
}

/** Days are the sums of their hours, and months of their days. */
function addUp(database: Open, table: string, from: number, to: number, start: string): void {
  const names = namesOf(database, table);
  const values = names.map((name) => {
    if (name === "grain") return `${to}`;
    if (name === "at") return start;
    return marks.has(name) ? name : `sum(${name})`;
  });
  const groups = names.filter((name) => marks.has(name)).map((name) => (name === "at" ? start : name));
  database.exec(
    `INSERT OR REPLACE INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM ${table}
     WHERE grain = ${from} GROUP BY ${groups.join(", ")}`,
  );
}

/** The months before those that have days: like this one, and the longer ago the fewer. */
function copyMonth(database: Open, table: string, ago: number): void {
  const names = namesOf(database, table);
  const today = new Date();
  const [from, to] = [0, ago + 1].map((months) =>
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, 1),
  );
  const values = names.map((name) => {
    if (name === "at") return `${to}`;
    return marks.has(name) ? name : `${name} * ${10 - ago} / 10`;
  });
  database.exec(
    `INSERT OR IGNORE INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM ${table}
     WHERE grain = ${grains.month} AND at = ${from}`,
  );
}

/** What somebody used of the month is what was counted in it. */
function settleAccounts(database: Open): void {
  const counted = (column: string) =>
    `(SELECT coalesce(sum(c.${column}), 0) FROM usage_counters c JOIN usage_subjects s ON s.number = c.subject
      WHERE s.user_id = usage_accounts.user_id AND c.grain = ${grains.month}
        AND c.at = unixepoch('now', 'start of month') * 1000)`;
  database.exec(`UPDATE usage_accounts SET units_used = ${counted("units")}, cost_used = ${counted("cost")}`);
}
