import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { deleteInSteps } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { alertsKeptDays } from "../domain";

export async function removeOldAlerts(): Promise<void> {
  const before = new Date(now().getTime() - alertsKeptDays * dayMs);
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM alerts WHERE id IN (
      SELECT id FROM alerts WHERE created_at < ${before} LIMIT ${most}) RETURNING id`,
  );
}
