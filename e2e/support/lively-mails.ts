import path from "node:path";
import Sqlite from "better-sqlite3";
import { minutes } from "./lively-notices";
import type { Host } from "./start-host";

type Written = {
  kind: string;
  state: string;
  attempts: number;
  ageMinutes: number;
  subject?: string;
  failure?: string;
};

/** Mails as they look with a mail server that is away at times; the one of today that was kept is a real one. */
export function writeMails(host: Host, memberId: string): void {
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 5_000 });
  const mail = (id: string, { kind, state, attempts, ageMinutes, subject, failure }: Written) =>
    database
      .prepare(
        `INSERT INTO mails (id, kind, user_id, data_sealed, state, attempts, next_at, created_at, done_at, failure, subject)
         VALUES (?, ?, ?, 'never opened', ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[id, kind, memberId, state, attempts, minutes(600), minutes(-ageMinutes)],
        state === "queued" ? null : minutes(1 - ageMinutes),
        failure ?? null,
        subject ?? null,
      );
  const away = "The mail server could not be used (ECONNREFUSED).";
  try {
    mail("mal_lively_1", {
      ...{ kind: "password_changed", state: "sent", attempts: 1, ageMinutes: 4_000 },
      subject: "Your password was changed",
    });
    mail("mal_lively_2", {
      kind: "email_proof",
      state: "queued",
      attempts: 6,
      ageMinutes: 200,
      failure: away,
    });
    mail("mal_lively_3", {
      ...{ kind: "alert", state: "failed", attempts: 1, ageMinutes: 3_000 },
      failure: "The mail server refused it (550).",
    });
  } finally {
    database.close();
  }
}
