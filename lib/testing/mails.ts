import { mailWriters } from "../install/mail-writers";
import type { Writers, WrittenMail } from "../mail/domain";
import { sendDueMails } from "../mail/sender";
import { rememberSecret } from "./leaks";

/** Writes everything that is due, as the sender would, and answers what was written, in no order. */
export async function writeMails(): Promise<WrittenMail[]> {
  const written: WrittenMail[] = [];
  const watched = Object.entries(mailWriters).map(([kind, write]) => [
    kind,
    async (order: Parameters<typeof write>[0]) => {
      const mail = await write(order);
      if (mail) {
        written.push(mail);
        rememberSecret(secretIn(mail.text));
      }
      return mail;
    },
  ]);
  await sendDueMails(Object.fromEntries(watched) as Writers);
  return written;
}

/** The one-time secret of the link in a mail; empty when there is none. */
export const secretIn = (text: string): string => /#(\w+)/.exec(text)?.[1] ?? "";
