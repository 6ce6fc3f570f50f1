import { ApiError } from "./api";

/** Refusals that need more than their one sentence: what to do instead. */
const advice: Record<string, string> = {
  "user.last_admin":
    "This is the last active administrator, and somebody has to be able to run this install. Make another person an administrator first.",
  "user.not_active": "The account is disabled or deleted. Enable or restore it first.",
  "user.already_active": "The invitation was accepted meanwhile. Start a password reset instead.",
  "user.changed_meanwhile":
    "Somebody else changed this account at the same moment. Close this, look at it again, and repeat the change if it is still wanted.",
  "user.too_many_invitations":
    "You have ten invitations open. Wait until some are over, or ask an administrator to make the account.",
  "user.not_found": "This account is not there any more.",
  "session.not_found": "This session has ended already.",
  "key.not_found": "This key is not there any more.",
  "key.not_usable":
    "The key was revoked, frozen or replaced meanwhile, or it has expired. Close this and look at the list again.",
  "key.too_many":
    "You have as many keys as one person may have. Revoke one that is not used any more, or ask an administrator to raise the number.",
  "alert.not_found": "This alert is not there any more: it was too old, or is no longer for you.",
  "alert.nothing_to_undo": "Somebody undid it already, or the key was revoked meanwhile.",
  "webhook.not_found": "This webhook is not there any more.",
  "webhook.disabled": "This webhook is switched off. Enable it first.",
  "auth.step_up_required": "Nothing was changed: this needs a fresh proof that it is you.",
  "factor.last_required":
    "This is your last second factor, and your role needs one. Add another one first, then remove this.",
  "factor.already_on": "An app is connected already. Remove it first, or add a passkey for another device.",
  "factor.not_found": "It is not there any more.",
  "auth.forbidden": "Your account may not do this any more.",
};

/** Why a call failed, in words for the person who made it. */
export function explainError(error: unknown): string {
  if (error instanceof ApiError) return advice[error.problem.code] ?? error.problem.detail;
  return "Something went wrong in this page. Reload it and try again.";
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof ApiError && error.problem.code === code;

/** For dialogs that show the message of what was thrown. */
export async function inPlainWords<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Error(explainError(error));
  }
}
