import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { mailKinds, mailStates } from "./domain";

export const mailQuery = z.strictObject({ ...pageQuery, state: z.enum(mailStates).optional() });
export type MailQuery = z.output<typeof mailQuery>;

export const mailView = z.strictObject({
  id: z.string(),
  kind: z.enum(mailKinds),
  state: z.enum(mailStates),
  /** Null where it goes to several people, or to somebody whose account is gone. */
  to: z.string().nullable(),
  user_id: z.string().nullable(),
  /** Null until it was written. */
  subject: z.string().nullable(),
  attempts: z.number(),
  failure: z.string().nullable(),
  created_at: z.string(),
  /** When it is tried (again), while it waits. */
  next_at: z.string().nullable(),
  done_at: z.string().nullable(),
});
export type MailView = z.infer<typeof mailView>;
export const mailPageView = pageOf(mailView);

/** What was written is there only while the mail is kept because there is no mail server. */
export const mailTextView = mailView.extend({
  recipients: z.array(z.string()),
  text: z.string().nullable(),
});
export type MailTextView = z.infer<typeof mailTextView>;
