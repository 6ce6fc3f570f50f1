import { db } from "../infra/db/client";
import { env } from "../infra/env";

/** What somebody with the database file in hands can do: the triggers are gone, the secrets are not known. */
export async function dropAuditTriggers(): Promise<void> {
  if (env().database === "sqlite") {
    await db().$executeRaw`DROP TRIGGER audit_events_no_update`;
    await db().$executeRaw`DROP TRIGGER audit_events_no_delete`;
    await db().$executeRaw`DROP TRIGGER audit_events_no_replace`;
  } else {
    await db().$executeRaw`DROP TRIGGER audit_events_no_change ON audit_events`;
    await db().$executeRaw`DROP TRIGGER audit_events_no_truncate ON audit_events`;
  }
}

/** Runs `work` while the audit log cannot be written. */
export async function withBrokenAudit<T>(work: () => Promise<T>): Promise<T> {
  await db().$executeRaw`ALTER TABLE audit_events RENAME TO audit_events_away`;
  try {
    return await work();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_events_away RENAME TO audit_events`;
  }
}
