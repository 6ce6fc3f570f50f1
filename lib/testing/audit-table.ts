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

/** Runs `work` while the audit log can be read, as every request does now and then, and not be written. */
export async function withBrokenAudit<T>(work: () => Promise<T>): Promise<T> {
  const isSqlite = env().database === "sqlite";
  if (isSqlite)
    await db()
      .$executeRaw`CREATE TRIGGER audit_broken BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'broken'); END`;
  else
    await db()
      .$executeRaw`ALTER TABLE audit_events ADD CONSTRAINT audit_broken CHECK (position < 0) NOT VALID`;
  try {
    return await work();
  } finally {
    if (isSqlite) await db().$executeRaw`DROP TRIGGER audit_broken`;
    else await db().$executeRaw`ALTER TABLE audit_events DROP CONSTRAINT audit_broken`;
  }
}
