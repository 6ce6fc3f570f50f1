import { dayMs } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { log } from "../infra/log";
import { canMail, MailRefused, sendMail } from "../infra/mail";
import { sendEvent } from "../webhooks/commands/send-event";
import { type WordedAlert, worded } from "./queries";

const toldAtOnce = 50;
/** What could not be told for a day is no news any more; the app shows it all the same. */
const newsMs = dayMs;

type Reader = { id: string; email: string; byMail: boolean };

/**
 * Mails and webhooks about every alert that nobody was told of yet. Whoever claims an alert tells of it; while the
 * mail server is away the claim is given back, and the next round tries again.
 */
export async function tellAlerts(): Promise<void> {
  const untold = await db().alert.findMany({
    where: { toldAt: null, createdAt: { gt: new Date(now().getTime() - newsMs) } },
    orderBy: { createdAt: "asc" },
    take: toldAtOnce,
  });
  for (const row of untold) if (!(await tell(worded(row)))) return;
}

/** False: the mail server is away, and so it is for the others. */
async function tell(alert: WordedAlert): Promise<boolean> {
  const readers = await readersOf(alert);
  if (!(await claimAndQueue(alert, readers))) return true;
  const to = canMail() ? readers.filter(({ byMail }) => byMail).map(({ email }) => email) : [];
  if (to.length === 0) return true;
  try {
    await sendMail({ to, subject: alert.words.title, text: mailText(alert) });
    return true;
  } catch (error) {
    const isFinal = error instanceof MailRefused;
    log().warn(
      { err: error, alert: alert.id },
      `an alert could not be mailed${isFinal ? "" : "; tried again"}`,
    );
    if (!isFinal) await db().alert.update({ where: { id: alert.id }, data: { toldAt: null } });
    return isFinal;
  }
}

/** Of several processes one gets it. Its webhooks are in the same transaction; told again, they are not sent again. */
async function claimAndQueue(alert: WordedAlert, readers: readonly Reader[]): Promise<boolean> {
  return db().$transaction(async (transaction) => {
    const { count } = await transaction.alert.updateMany({
      where: { id: alert.id, toldAt: null },
      data: { toldAt: now() },
    });
    if (count === 0) return false;
    for (const { id } of readers)
      await sendEvent(id, "alert.raised", eventOf(alert), { database: transaction, once: alert.id });
    return true;
  });
}

/** Who it is for and wants to hear of its kind. */
async function readersOf({ userId, kind }: WordedAlert): Promise<Reader[]> {
  const users = await db().user.findMany({
    where: {
      ...(userId === null ? { role: "admin" } : { id: userId }),
      disabledAt: null,
      deletedAt: null,
    },
    select: { id: true, email: true },
  });
  const choices = await db().alertChoice.findMany({ where: { userId: { in: users.map(({ id }) => id) } } });
  return users.flatMap(({ id, email }) => {
    const choice = choices.find((one) => one.userId === id);
    return choice?.muted.split(" ").includes(kind) ? [] : [{ id, email, byMail: choice?.byMail ?? true }];
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

const stepTexts: Record<string, string> = {
  slow: "To be safe, the key may make only a few calls a minute until somebody says that all is well.",
  freeze: "To be safe, the key was frozen: it opens nothing until somebody says that all is well.",
};

function mailText({ words, step }: WordedAlert): string {
  const { baseUrl } = env();
  return [
    words.detail,
    ...(step === null ? [] : [`${stepTexts[step]} One click undoes that: ${baseUrl}/alerts`]),
    words.cure,
    `Have a look: ${baseUrl}${words.href}`,
    `You choose what you are told of here: ${baseUrl}/account/notifications`,
  ].join("\n\n");
}
