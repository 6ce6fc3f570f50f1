import { now } from "../../infra/clock";
import { writeAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { deliveriesKeptMs } from "../domain";

const removedAtOnce = 1_000;

/** In steps and away from the request loop, so that nobody waits for it. */
export async function removeOldDeliveries(): Promise<void> {
  const before = new Date(now().getTime() - deliveriesKeptMs);
  for (;;) {
    const [removed = []] = await writeAside([
      {
        sql: Prisma.sql`DELETE FROM webhook_deliveries WHERE id IN (
          SELECT id FROM webhook_deliveries WHERE created_at < ${before} LIMIT ${removedAtOnce}) RETURNING id`,
      },
    ]);
    if (removed.length < removedAtOnce) return;
  }
}
