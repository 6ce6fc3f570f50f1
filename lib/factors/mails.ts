import { z } from "zod";
import { env } from "../infra/env";
import type { Writers } from "../mail/domain";
import { findMailAddress } from "../users/commands/make-mailed-link";

/** What happened to somebody's factors; a mail says it to them. */
export const factorChanges = [
  "totp_added",
  "totp_removed",
  "passkey_added",
  "passkey_removed",
  "recovery_codes_created",
  "recovery_code_used",
  "reset_by_admin",
] as const;
export type FactorChange = (typeof factorChanges)[number];

const sentences: Record<FactorChange, string> = {
  totp_added: "an authenticator app was connected to your account. Your other devices were signed out.",
  totp_removed: "the authenticator app was removed from your account. Your other devices were signed out.",
  passkey_added: "a passkey was added to your account. Your other devices were signed out.",
  passkey_removed: "a passkey was removed from your account. Your other devices were signed out.",
  recovery_codes_created: "new recovery codes were made for your account. The earlier ones no longer work.",
  recovery_code_used: "a recovery code of your account was used.",
  reset_by_admin:
    "an administrator removed the second factor of your account: the app, the passkeys and the recovery codes. You were signed out everywhere. Set up a new one after you sign in.",
};

type MailText = { subject: string; text: string };

export function factorsChangedText(
  change: FactorChange,
  left: number | undefined,
  baseUrl: string,
): MailText {
  const paragraphs = [
    "Hello,",
    sentences[change],
    ...(left === undefined ? [] : [leftSentence(left)]),
    `Was it you? Then all is well. If it was not, change your password at once and look at what is connected: ${baseUrl}/account/security. If you cannot get in any more, write to an administrator.`,
  ];
  return { subject: "How you sign in was changed", text: `${paragraphs.join("\n\n")}\n` };
}

const leftSentence = (left: number): string =>
  left === 0
    ? "That was the last one: make new ones on the page below."
    : `${left} ${left === 1 ? "is" : "are"} left.`;

const told = z.object({ change: z.enum(factorChanges), left: z.number().int().optional() });

export const factorMails: Writers = {
  factors_changed: async ({ userId, data }) => {
    const { change, left } = told.parse(data);
    const address = userId && (await findMailAddress(userId));
    return address ? { to: [address], ...factorsChangedText(change, left, env().baseUrl) } : null;
  },
};
