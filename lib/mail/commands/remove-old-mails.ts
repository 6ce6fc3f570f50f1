import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { deleteInSteps } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { removeOldFromOutbox } from "../../infra/outbox";
import { readSettings } from "../../settings/queries";

/** Whatever became of them; what still waits to be sent stays. */
export async function removeOldMails(): Promise<void> {
  const { mails_kept_days } = await readSettings();
  const before = new Date(now().getTime() - mails_kept_days * dayMs);
  await deleteInSteps(
    (most) => Prisma.sql`
    DELETE FROM mails WHERE id IN (
      SELECT id FROM mails WHERE created_at < ${before} AND state <> 'queued' LIMIT ${most}) RETURNING id`,
  );
  await removeOldFromOutbox(before);
}
