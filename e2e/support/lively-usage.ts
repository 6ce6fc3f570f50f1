import path from "node:path";
import Database from "better-sqlite3";
import type { Client } from "./client";
import type { Host } from "./start-host";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const grains = { hour: 1, day: 2, month: 3 };

/** What tells the rows of a table apart; everything else in them is counted. */
const tables = ["usage_counters", "usage_totals", "usage_error_counters", "usage_error_totals"];
const marks = new Set(["grain", "about", "at", "name", "subject", "code"]);

/**
 * Weeks of usage: what was called until now, again and more often in the hours, days and months before. Counted rows
 * alone, written beside the app, so that it costs no calls.
 */
export async function fillWeeks(host: Host, caller: Client): Promise<void> {
  await waitUntilCounted(caller);
  const database = new Database(path.join(host.dataDir, "adyton.db"), { timeout: 10_000 });
  const thisMonth = new Date();
  for (const table of tables) {
    // Fewer on weekends, and growing: as such numbers are.
    for (let ago = 1; ago <= 45; ago++)
      copyBack(
        database,
        table,
        grains.day,
        ago * dayMs,
        (ago % 7 < 2 ? 4 : 17) + ((ago * 7) % 5) + Math.max(0, 20 - ago),
      );
    for (let ago = 1; ago <= 30; ago++)
      copyBack(database, table, grains.hour, ago * hourMs, 1 + ((ago * 5) % 7));
    for (let ago = 1; ago <= 7; ago++)
      copyBack(database, table, grains.month, monthsMs(thisMonth, ago), 900 - ago * 90);
  }
  database.close();
}

const monthsMs = (now: Date, ago: number): number =>
  Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1) -
  Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1);

async function waitUntilCounted(caller: Client): Promise<void> {
  for (;;) {
    const answer = await caller.get("/api/v1/usage");
    if (answer.status !== 200) throw new Error(`Usage cannot be looked at: ${answer.text}`);
    const { total } = answer.json<{ total: { calls: number } }>();
    if (total.calls > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function copyBack(
  database: Database.Database,
  table: string,
  grain: number,
  backMs: number,
  times: number,
): void {
  const names = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const values = names.map((name) => {
    if (name === "at") return `at - ${backMs}`;
    return marks.has(name) ? name : `${name} * ${times}`;
  });
  database
    .prepare(
      `INSERT OR IGNORE INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM ${table}
       WHERE grain = ${grain} AND at = (SELECT max(at) FROM ${table} WHERE grain = ${grain})`,
    )
    .run();
}
