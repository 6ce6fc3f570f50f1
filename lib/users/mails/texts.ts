/** What people read when this install writes to them. No name of a person is in them: whoever registers chooses it. */
export type MailText = { subject: string; text: string };

const paragraphs = (...parts: string[]): string => `${parts.join("\n\n")}\n`;

const hoursText = (hours: number): string =>
  hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : hours === 1 ? "an hour" : `${hours} hours`;

const once = (hours: number): string =>
  `The link works once and for ${hoursText(hours)}; if you ask for another one, only the newest works.`;

const wasNotMe = "You did not ask for this? Then you need do nothing, and nothing changes.";

export const registrationText = (url: string, hours: number): MailText => ({
  subject: "Finish your registration",
  text: paragraphs(
    "Hello,",
    "somebody, most likely you, registered with this e-mail address. To finish, open this link and choose a password:",
    url,
    once(hours),
    "You did not register? Then you need do nothing: without the link there is no account.",
  ),
});

export const knownAddressText = (baseUrl: string): MailText => ({
  subject: "You have an account already",
  text: paragraphs(
    "Hello,",
    "somebody, most likely you, wanted to register with this e-mail address, or invited you. It has an account already, so nothing was changed.",
    `Sign in: ${baseUrl}/login`,
    `You do not know the password any more? Choose a new one: ${baseUrl}/forgot`,
  ),
});

export const invitationText = (inviter: string, url: string, hours: number): MailText => ({
  subject: "You are invited",
  text: paragraphs(
    "Hello,",
    `${inviter} invites you to an account on ${new URL(url).host}. To accept, open this link and choose a password:`,
    url,
    once(hours),
    "You do not want one? Then you need do nothing: without the link there is no account.",
  ),
});

export const resetText = (url: string, hours: number): MailText => ({
  subject: "Choose a new password",
  text: paragraphs(
    "Hello,",
    "somebody, most likely you, said that the password of your account is forgotten. Choose a new one here:",
    url,
    once(hours),
    "If your account has a second factor, you are still asked for it.",
    wasNotMe,
  ),
});

export const resetByAdminText = (url: string, hours: number): MailText => ({
  subject: "Choose a new password",
  text: paragraphs(
    "Hello,",
    "an administrator made a link for you with which you choose a new password:",
    url,
    once(hours),
    "If your account has a second factor, you are still asked for it. Your present password works until then.",
  ),
});

export const passwordChangedText = (baseUrl: string): MailText => ({
  subject: "Your password was changed",
  text: paragraphs(
    "Hello,",
    "the password of your account was changed just now. Devices that were signed in with the old one are signed out.",
    "That was you? Then all is well.",
    `It was not you? Choose a new password at once: ${baseUrl}/forgot`,
    "Then tell an administrator of this install.",
  ),
});

export const proofText = (url: string, hours: number): MailText => ({
  subject: "Confirm your e-mail address",
  text: paragraphs(
    "Hello,",
    "open this link and press the button there, so that we know this address is yours:",
    url,
    once(hours),
    wasNotMe,
  ),
});

export const changeText = (url: string, hours: number): MailText => ({
  subject: "Confirm your new e-mail address",
  text: paragraphs(
    "Hello,",
    "somebody, most likely you, wants to sign in with this e-mail address from now on. Open this link and press the button there:",
    url,
    once(hours),
    wasNotMe,
  ),
});

export const takenAddressText = (baseUrl: string): MailText => ({
  subject: "This address belongs to your account already",
  text: paragraphs(
    "Hello,",
    "somebody wanted to use this e-mail address for another account. It belongs to yours, so nothing was changed, and they were not told.",
    `If that was you: sign in with it here, ${baseUrl}/login`,
  ),
});

export const emailChangedText = (before: string, after: string): MailText => ({
  subject: "Your e-mail address was changed",
  text: paragraphs(
    "Hello,",
    `your account had the e-mail address ${before}. From now on it has ${after}, and you sign in with that.`,
    "That was you? Then all is well.",
    "It was not you? Tell an administrator of this install at once: links for this account no longer go to the old address.",
  ),
});

export const accountDeletedText = (): MailText => ({
  subject: "Your account was deleted",
  text: paragraphs(
    "Hello,",
    "your account was deleted, as you asked. All its devices are signed out, and its API keys have stopped working.",
    "It was not you, or you changed your mind? An administrator of this install can bring it back.",
  ),
});
