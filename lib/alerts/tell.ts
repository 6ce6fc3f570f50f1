import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { queueMail } from "../mail/commands/queue-mail";
import { sendEvent } from "../webhooks/commands/send-event";
import { newsMs } from "./domain";
import { listReaders, type Reader, type WordedAlert, worded } from "./queries";

const toldAtOnce = 50;

/**
 * Queues a mail and webhooks about every alert that nobody was told of yet; their senders take it from there, and
 * wait for servers that are away.
 */
export async function tellAlerts(): Promise<void> {
  const untold = await db().alert.findMany({
    where: { toldAt: null, createdAt: { gt: new Date(now().getTime() - newsMs) } },
    orderBy: { createdAt: "asc" },
    take: toldAtOnce,
  });
  for (const row of untold) {
    const alert = worded(row);
    await claimAndQueue(alert, await listReaders(alert));
  }
}

/** Of several processes one gets it. Its messages are in the same transaction: all of them are queued, and once. */
async function claimAndQueue(alert: WordedAlert, readers: readonly Reader[]): Promise<void> {
  await db().$transaction(async (transaction) => {
    const { count } = await transaction.alert.updateMany({
      where: { id: alert.id, toldAt: null },
      data: { toldAt: now() },
    });
    if (count === 0) return;
    for (const { id } of readers)
      await sendEvent(id, "alert.raised", eventOf(alert), { database: transaction, once: alert.id });
    if (readers.some(({ byMail }) => byMail))
      await queueMail(transaction, { kind: "alert", data: { alert: alert.id } });
  });
}

const eventOf = ({ id, kind, level, step, createdAt, objectType, objectId, words }: WordedAlert) => ({
  id,
  kind,
  level,
  ...{ title: words.title, detail: words.detail, cure: words.cure },
  url: env().baseUrl + words.href,
  object: objectType === null ? null : { type: objectType, id: objectId },
  step,
  created_at: createdAt.toISOString(),
});
