import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { type Database, db } from "../../infra/db/client";
import type { NewAlert } from "../domain";

/**
 * Once per key, however many processes find out at the same moment; says whether it was new. Mails and webhooks go
 * out behind it: see `tell.ts`.
 */
export async function raiseAlert(
  alert: NewAlert,
  database: Database = db(),
  at: Date = now(),
): Promise<boolean> {
  const { key, userId, kind, level, object, step = null } = alert;
  const facts = JSON.stringify(alert.facts);
  const made = await database.$executeRaw`
    INSERT INTO alerts (id, "key", user_id, kind, level, facts, object_type, object_id, step, created_at)
    VALUES (${newId("alr")}, ${key}, ${userId}, ${kind}, ${level}, ${facts}, ${object?.type ?? null},
      ${object?.id ?? null}, ${step}, ${at})
    ON CONFLICT ("key") DO NOTHING`;
  return made === 1;
}
