import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Host } from "./start-host";

/** The webhook whose messages are looked at. */
export const livelyWebhook = "whk_of_the_lively_install";

export const minutes = (count: number): string =>
  new Date(Date.now() + count * 60_000).toISOString().replace("Z", "+00:00");

type Alert = { userId: string | null; level: string; facts: object; step?: string; ageMinutes: number };

/**
 * Alerts, a slowed key and messages in every state, written as the app writes them: waiting until they happen would
 * take minutes. What is told already is not told again, and what waits does so until long after the test.
 */
export function writeNotices(host: Host, memberId: string): void {
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 5_000 });
  const alert = (key: string, kind: string, { userId, level, facts, step, ageMinutes }: Alert) =>
    database
      .prepare(
        `INSERT INTO alerts (id, "key", user_id, kind, level, facts, step, created_at, told_at, seen_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        `alr_lively_${key}`,
        `lively:${key}`,
        userId,
        kind,
        level,
        JSON.stringify(facts),
        step ?? null,
        minutes(-ageMinutes),
        minutes(-ageMinutes),
        ageMinutes > 600 ? minutes(-1) : null,
      );
  const message = (
    id: string,
    state: string,
    attempts: number,
    status: number | null,
    error: string | null,
  ) =>
    database
      .prepare(
        `INSERT INTO webhook_deliveries (id, endpoint_id, user_id, type, body, state, attempts, next_at,
           last_status, last_error, created_at) VALUES (?, ?, ?, ?, '{}', ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        livelyWebhook,
        memberId,
        "task.completed",
        state,
        attempts,
        minutes(600),
        status,
        error,
        minutes(-attempts),
      );
  try {
    alert("rate", "key.unusual", {
      userId: memberId,
      level: "danger",
      facts: { key: "nightly report", reason: "rate", calls: 840, usual: 12 },
      step: "slow",
      ageMinutes: 4,
    });
    alert("quota", "quota.near", {
      userId: memberId,
      level: "warning",
      facts: {
        limit: "units",
        percent: 90,
        used: 18_012,
        of: 20_000,
        period: new Date().toISOString().slice(0, 7),
        currency: "EUR",
      },
      ageMinutes: 700,
    });
    alert("disk", "disk.nearly_full", {
      userId: null,
      level: "warning",
      facts: { folder: "/srv/adyton/data", freePercent: 4, freeBytes: 3_221_225_472 },
      ageMinutes: 60,
    });
    database
      .prepare("UPDATE api_keys SET slowed_at = ? WHERE user_id = ? AND name = 'nightly report'")
      .run(minutes(-4), memberId);
    database
      .prepare(
        `INSERT INTO webhook_endpoints (id, user_id, url, events, secret_sealed, created_at)
         VALUES (?, ?, 'https://hooks.a-rather-long-department.university.example/adyton/messages?tenant=12345',
           'task.completed', 'never opened', ?)`,
      )
      .run(livelyWebhook, memberId, minutes(-9_000));
    message("msg_lively_1", "delivered", 1, 204, null);
    message("msg_lively_2", "waiting", 2, 500, "It answered 500.");
    message("msg_lively_3", "failed", 10, null, "It did not answer in time.");
  } finally {
    database.close();
  }
}
