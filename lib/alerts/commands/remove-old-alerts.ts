import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { alertsKeptDays } from "../domain";

const removedAtOnce = 1_000;

/** In steps and away from the request loop, so that nobody waits for it. */
export async function removeOldAlerts(): Promise<void> {
  const before = new Date(now().getTime() - alertsKeptDays * dayMs);
  for (;;) {
    const [removed = []] = await writeAside([
      {
        sql: Prisma.sql`DELETE FROM alerts WHERE id IN (
          SELECT id FROM alerts WHERE created_at < ${before} LIMIT ${removedAtOnce}) RETURNING id`,
      },
    ]);
    if (removed.length < removedAtOnce) return;
  }
}
