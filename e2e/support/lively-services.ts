import path from "node:path";
import Sqlite from "better-sqlite3";
import type { Client } from "./client";
import { minutes } from "./lively-notices";
import type { Host } from "./start-host";

/** Services of each kind, one of them off; the member has connected one. Nobody is ever sent there. */
export async function writeServices(host: Host, admin: Client, memberId: string): Promise<void> {
  const client = { client_id: "Ov23liAbCdEfGhIjKlMn", client_secret: "never used" };
  for (const kind of ["github", "google"])
    await admin.api("POST", "/api/v1/admin/providers", { kind, ...client, enabled: kind === "github" });
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 5_000 });
  try {
    database
      .prepare(
        `INSERT INTO providers (id, kind, title, issuer, client_id, secret_sealed, is_enabled, created_at, updated_at)
         VALUES ('university', 'oidc', 'University of the Northern Islands', ?, 'adyton', 'never opened', 1, ?, ?)`,
      )
      .run(
        "https://login.a-rather-long-department.university.example/realms/staff",
        minutes(-90),
        minutes(-90),
      );
    database
      .prepare(
        `INSERT INTO accounts (user_id, type, provider, provider_account_id, label, created_at, last_used_at)
         VALUES (?, 'oauth', 'github', '1', 'mira-quill', ?, ?)`,
      )
      .run(memberId, minutes(-9_000), minutes(-90));
  } finally {
    database.close();
  }
}
