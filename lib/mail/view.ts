import { orNull } from "../core/time";
import type { MailTextView, MailView } from "./schema";

type Mail = {
  id: string;
  kind: string;
  state: string;
  address: string | null;
  userId: string | null;
  subject: string | null;
  attempts: number;
  failure: string | null;
  createdAt: Date;
  nextAt: Date;
  doneAt: Date | null;
  /** The address of the user it is for, as it is now. */
  userEmail: string | null;
};

export const mailView = (mail: Mail): MailView => ({
  id: mail.id,
  kind: mail.kind as MailView["kind"],
  state: mail.state as MailView["state"],
  to: mail.address ?? mail.userEmail,
  user_id: mail.userId,
  subject: mail.subject,
  attempts: mail.attempts,
  failure: mail.failure,
  created_at: mail.createdAt.toISOString(),
  next_at: mail.state === "queued" ? mail.nextAt.toISOString() : null,
  done_at: orNull(mail.doneAt),
});

type KeptMail = Mail & { recipients: string[]; text: string | null };

export const mailTextView = (mail: KeptMail): MailTextView => ({
  ...mailView(mail),
  recipients: mail.recipients,
  text: mail.text,
});
