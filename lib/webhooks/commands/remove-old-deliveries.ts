import { now } from "../../infra/clock";
import { deleteInSteps } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { deliveriesKeptMs } from "../domain";

export async function removeOldDeliveries(): Promise<void> {
  const before = new Date(now().getTime() - deliveriesKeptMs);
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM webhook_deliveries WHERE id IN (
      SELECT id FROM webhook_deliveries WHERE created_at < ${before} LIMIT ${most}) RETURNING id`,
  );
}
