import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Host } from "./start-host";

/** Copies one account in the database of a running host, as often as nobody would want to click: `name1@`, `name2@`, ... */
export function copyAccount(
  host: Host,
  id: string,
  emailOf: (number: number) => string,
  count: number,
): void {
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 10_000 });
  try {
    const row = database.prepare("SELECT * FROM users WHERE id = ?").get(id) as Record<string, unknown>;
    const columns = Object.keys(row);
    const insert = database.prepare(
      `INSERT INTO users (${columns.join(", ")}) VALUES (${columns.map((column) => `@${column}`).join(", ")})`,
    );
    database.transaction(() => {
      for (let number = 1; number <= count; number += 1)
        insert.run({ ...row, id: `${id}${number}`, email: emailOf(number) });
    })();
  } finally {
    database.close();
  }
}
