import { audited } from "../../audit/commands/audited";
import type { AnonymousActor, PersonActor } from "../../core/actor";
import { AppError, invalid } from "../../core/errors";
import { hourMs, minuteMs } from "../../core/time";
import { db } from "../../infra/db/client";
import { type QueuedMail, queueMail } from "../../mail/commands/queue-mail";
import { currentSettings } from "../../settings/queries";
import { isWelcomeDomain } from "../../settings/schema";
import { listOwnInvitations } from "../../users/queries";
import { attemptKey, takeAttempt } from "../attempts";
import { countAsking } from "../guard";

/** Few mails to one address, whoever asks for them and whether it is known or not. */
const perAddress = { max: 3, windowMs: hourMs };
const perPerson = { max: 20, windowMs: 15 * minuteMs };
const invitationsMax = 10;

type Newcomer = { email: string; name: string };

/**
 * Everybody is told the same after the same work: what is queued is an order, and whether there is anybody to write
 * to is found out later, away from the request.
 */
export async function askToRegister(
  actor: AnonymousActor,
  { email, name, captcha }: Newcomer & { captcha?: string | undefined },
): Promise<void> {
  const settings = await currentSettings();
  if (settings.registration !== "open") throw new AppError("auth.registration_closed");
  if (!isWelcomeDomain(email, settings)) throw wrongDomain(settings.registration_domains);
  await countAsking(actor, captcha);
  await queueToAddress(email, { kind: "registration", address: email, data: { name } });
}

export async function askForReset(
  actor: AnonymousActor,
  { email, captcha }: { email: string; captcha?: string | undefined },
): Promise<void> {
  await countAsking(actor, captcha);
  await queueToAddress(email, { kind: "password_reset", address: email });
}

/** Somebody who has an account vouches for somebody who has none. What becomes of it is told to nobody. */
export async function inviteSomebody(actor: PersonActor, { email, name }: Newcomer): Promise<void> {
  const { registration } = await currentSettings();
  if (registration === "closed") throw new AppError("auth.registration_closed");
  await takeAttempt(attemptKey("asking", actor.user.id), perPerson);
  await audited(actor, async (transaction, record) => {
    // Audited changes come one after the other, so nobody invites more by inviting all at once.
    const open = await listOwnInvitations(actor, transaction);
    if (open.length >= invitationsMax) throw new AppError("user.too_many_invitations");
    record({ action: "user.invited", object: { type: "user", id: null, label: email }, detail: { name } });
  });
  const data = { name, inviter: actor.user.email };
  await queueToAddress(email, { kind: "invitation", address: email, data });
}

/** The change happens when the link is used that goes to the new address. */
export async function askToChangeEmail(actor: PersonActor, email: string): Promise<void> {
  if (email === actor.user.email)
    throw invalid("/email", "This is your address already.", "Write the one you want to have instead.");
  await takeAttempt(attemptKey("asking", actor.user.id), perPerson);
  await queueToAddress(email, { kind: "email_change", userId: actor.user.id, address: email });
}

export async function askToProveEmail(actor: PersonActor): Promise<void> {
  await takeAttempt(attemptKey("asking", actor.user.id), perPerson);
  await queueToAddress(actor.user.email, { kind: "email_proof", userId: actor.user.id });
}

/** When an address has had its share, the answer is the same and nothing is sent. */
async function queueToAddress(email: string, mail: QueuedMail): Promise<void> {
  try {
    await takeAttempt(attemptKey("asking", email), perAddress);
  } catch (error) {
    if (error instanceof AppError && error.code === "auth.too_many_attempts") return;
    throw error;
  }
  await queueMail(db(), mail);
}

const wrongDomain = (domains: readonly string[]): AppError =>
  invalid(
    "/email",
    "Only some mail domains may register here.",
    `Use an address that ends in ${domains.map((domain) => `@${domain}`).join(" or ")}, or ask an administrator.`,
  );
