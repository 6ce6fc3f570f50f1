import path from "node:path";
import Sqlite from "better-sqlite3";
import { minutes } from "./lively-notices";
import type { Host } from "./start-host";

const day = 24 * 60;

/** An app, recovery codes that run out and passkeys of each kind, written as the app writes them: nobody signs in with them. */
export function writeFactors(host: Host, memberId: string): void {
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 5_000 });
  const passkey = (number: number, name: string, isBackedUp: 0 | 1, lastUsedAt: string | null) =>
    database
      .prepare(
        `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, is_backed_up,
           created_at, last_used_at) VALUES (?, ?, ?, 'never read', 0, '', ?, ?, ?, ?)`,
      )
      .run(
        `pky_lively_${number}`,
        memberId,
        `lively-${number}`,
        name,
        isBackedUp,
        minutes(-40 * day),
        lastUsedAt,
      );
  try {
    database
      .prepare(
        `INSERT INTO totps (user_id, secret_sealed, created_at, confirmed_at, last_step)
         VALUES (?, 'never opened', ?, ?, 0)`,
      )
      .run(memberId, minutes(-90 * day), minutes(-90 * day));
    for (const number of [1, 2]) {
      database
        .prepare("INSERT INTO recovery_codes (id, user_id, digest, created_at) VALUES (?, ?, ?, ?)")
        .run(`rec_lively_${number}`, memberId, `lively-${number}`, minutes(-90 * day));
    }
    passkey(1, "Phone", 1, minutes(-200));
    passkey(2, "Security key on the ring with the keys of the laboratory", 0, null);
  } finally {
    database.close();
  }
}
