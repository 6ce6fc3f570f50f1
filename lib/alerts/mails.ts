import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import type { MailOrder, Writers, WrittenMail } from "../mail/domain";
import { newsMs } from "./domain";
import { listReaders, type WordedAlert, worded } from "./queries";

/** The same mail to everybody it is for. Who it is for, and whether it is still news, is asked when it goes out. */
async function writeAlert({ data }: MailOrder): Promise<WrittenMail | null> {
  const row = await db().alert.findUnique({ where: { id: String(data.alert) } });
  if (!row || now().getTime() - row.createdAt.getTime() >= newsMs) return null;
  const alert = worded(row);
  const readers = (await listReaders(alert)).filter(({ byMail }) => byMail);
  if (readers.length === 0) return null;
  return { to: readers.map(({ email }) => email), subject: alert.words.title, text: textOf(alert) };
}

const stepTexts: Record<string, string> = {
  slow: "To be safe, the key may make only a few calls a minute until somebody says that all is well.",
  freeze: "To be safe, the key was frozen: it opens nothing until somebody says that all is well.",
};

function textOf({ words, step }: WordedAlert): string {
  const { baseUrl } = env();
  return [
    words.detail,
    ...(step === null ? [] : [`${stepTexts[step]} One click undoes that: ${baseUrl}/alerts`]),
    words.cure,
    `Have a look: ${baseUrl}${words.href}`,
    `You choose what you are told of here: ${baseUrl}/account/notifications`,
  ].join("\n\n");
}

export const alertMails: Writers = { alert: writeAlert };
