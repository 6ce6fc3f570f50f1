import type { Tone } from "@/app/_components/badge";
import type { MailKind, MailState } from "@/lib/mail/domain";
import type { MailView } from "@/lib/mail/schema";

export const stateWords: { value: MailState; label: string; tone: Tone; meaning: string }[] = [
  { value: "queued", label: "Waiting", tone: "accent", meaning: "It is sent as soon as it can be." },
  {
    value: "sent",
    label: "Sent",
    tone: "success",
    meaning: "The mail server took it. Its text is not kept.",
  },
  {
    value: "kept",
    label: "Kept here",
    tone: "warning",
    meaning: "There was no mail server, so it was not sent. Its text can be read here.",
  },
  { value: "failed", label: "Failed", tone: "danger", meaning: "It was given up." },
  {
    value: "dropped",
    label: "Not needed",
    tone: "neutral",
    meaning: "There was nobody to tell: no account has this address, or what it was about is over.",
  },
];

export const wordsOf = (state: MailState) => stateWords.find(({ value }) => value === state);

const kindWords: Record<MailKind, string> = {
  registration: "Registration",
  invitation: "Invitation",
  password_reset: "New password",
  password_changed: "The password was changed",
  email_proof: "Proof of the address",
  email_change: "Proof of a new address",
  email_changed: "The address was changed",
  factors_changed: "The second factor was changed",
  account_deleted: "The account was deleted",
  account_linked: "Another service was connected",
  alert: "Alert",
};

export const kindText = (kind: MailKind): string => kindWords[kind];

/** What it says on the outside; before it is written, what it is about. */
export const titleOf = ({ subject, kind }: MailView): string => subject ?? kindText(kind);

/** Who gets it, as far as one can say: an alert may be for several, and an account may be gone. */
export const receiverOf = ({ to, kind }: MailView): string =>
  to ?? (kind === "alert" ? "whom it concerns" : "nobody any more");

/** What pressing the button does; null: there is nothing to send. */
export function sendLabel({ state, failure }: MailView, hasServer: boolean): string | null {
  if (state === "failed") return "Send again";
  if (state === "kept") return hasServer ? "Send it now" : "Write it anew";
  return state === "queued" && failure ? "Try now" : null;
}

/** The links that sign somebody in carry their secret behind the #. */
export const linksIn = (text: string): string[] => text.match(/https?:\/\/\S+#\S+/g) ?? [];
