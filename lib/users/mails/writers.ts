import { z } from "zod";
import { hourMs } from "../../core/time";
import { now } from "../../infra/clock";
import { env } from "../../infra/env";
import type { MailOrder, Writers, WrittenMail } from "../../mail/domain";
import {
  findMailAddress,
  makeChangeLink,
  makeProofLink,
  makeRegistrationLink,
  makeResetLink,
} from "../commands/make-mailed-link";
import type { NewLink } from "../links";
import { linkView } from "../view";
import { hasShownLink, writeShownLink } from "./shown-link";
import {
  accountDeletedText,
  changeText,
  emailChangedText,
  invitationText,
  knownAddressText,
  type MailText,
  passwordChangedText,
  proofText,
  registrationText,
  resetByAdminText,
  resetText,
  takenAddressText,
} from "./texts";

const named = z.object({ name: z.string() });
const invited = named.extend({ inviter: z.string() });
const changed = z.object({ before: z.string(), after: z.string() });

/** What the accounts have to say. The request only asked for it: here is found out whether there is anybody to tell. */
export const userMails: Writers = {
  registration: async ({ address, data }) => {
    const { name } = named.parse(data);
    return toNewcomer(address, name, false, (link) => registrationText(urlOf(link), hoursOf(link)));
  },
  invitation: async (order) => {
    if (hasShownLink(order))
      return writeShownLink(order, ({ inviter, url, hours }) => invitationText(inviter, url, hours));
    const { address, data } = order;
    const { name, inviter } = invited.parse(data);
    return toNewcomer(address, name, true, (link) => invitationText(inviter, urlOf(link), hoursOf(link)));
  },
  password_reset: async (order) => {
    if (hasShownLink(order)) return writeShownLink(order, ({ url, hours }) => resetByAdminText(url, hours));
    const { address } = order;
    const link = address && (await makeResetLink(address));
    return link ? mailTo(address, resetText(urlOf(link), hoursOf(link))) : null;
  },
  password_changed: (order) => toUser(order, passwordChangedText(env().baseUrl)),
  email_proof: async ({ userId }) => {
    const made = userId && (await makeProofLink(userId));
    return made ? mailTo(made.email, proofText(urlOf(made.link), hoursOf(made.link))) : null;
  },
  email_change: async ({ userId, address }) => {
    const link = userId && address && (await makeChangeLink(userId, address));
    if (!link) return null;
    if (link === "taken") return mailTo(address, takenAddressText(env().baseUrl));
    return mailTo(address, changeText(urlOf(link), hoursOf(link)));
  },
  email_changed: async ({ address, data }) => {
    const { before, after } = changed.parse(data);
    return mailTo(address, emailChangedText(before, after));
  },
  account_deleted: async ({ address }) => mailTo(address, accountDeletedText()),
};

async function toNewcomer(
  address: string | null,
  name: string,
  isInvited: boolean,
  write: (link: NewLink) => MailText,
): Promise<WrittenMail | null> {
  const link = address && (await makeRegistrationLink({ email: address, name }, isInvited));
  if (!link) return null;
  return mailTo(address, link === "known" ? knownAddressText(env().baseUrl) : write(link));
}

async function toUser({ userId }: MailOrder, text: MailText): Promise<WrittenMail | null> {
  return mailTo(userId && (await findMailAddress(userId)), text);
}

const mailTo = (address: string | null, text: MailText): WrittenMail | null =>
  address ? { to: [address], ...text } : null;

/** Only ever from BASE_URL: what a request calls this host is not to be believed. */
const urlOf = (link: NewLink): string => linkView(link, env().baseUrl).url;
const hoursOf = ({ expiresAt }: NewLink): number =>
  Math.max(1, Math.round((expiresAt.getTime() - now().getTime()) / hourMs));
