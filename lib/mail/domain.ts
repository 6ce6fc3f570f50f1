import { hourMs, minuteMs, secondMs } from "../core/time";

/** Everything that a mail can be about. Who owns the kind writes its text: see `install/mail-writers.ts`. */
export const mailKinds = [
  "registration",
  "invitation",
  "password_reset",
  "password_changed",
  "email_proof",
  "email_change",
  "email_changed",
  "factors_changed",
  "account_deleted",
  "account_linked",
  "alert",
] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailStates = ["queued", "sent", "kept", "failed", "dropped"] as const;
export type MailState = (typeof mailStates)[number];

/** What was asked for, as the writer of its kind gets it back. */
export type MailOrder = {
  kind: MailKind;
  userId: string | null;
  address: string | null;
  data: Record<string, unknown>;
};
export type WrittenMail = { to: string[]; subject: string; text: string };

/**
 * Makes the text when it is about to be sent, away from the request that asked for it: this is where accounts are
 * looked up and one-time links are made. Null: there is nobody to tell. Asked again for every attempt.
 */
export type Writer = (order: MailOrder) => Promise<WrittenMail | null>;
/** The kinds of a feature, or of all of them. */
export type Writers = Partial<Record<MailKind, Writer>>;

/** How long to wait after each attempt that failed: two days in all, within which a mail server is mended or never. */
const pauses = [
  5 * secondMs,
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  16 * hourMs,
] as const;
export const attemptsMax = pauses.length + 1;

/** Up to a tenth more, so that what failed together does not come back together. */
const jitterShare = 0.1;

/** Null: that was the last attempt. */
export function pauseAfter(attempts: number, random: number): number | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + jitterShare * random));
}
