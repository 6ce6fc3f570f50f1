import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { isUniqueViolation } from "../../infra/db/errors";
import { digestCandidates } from "../../infra/secrets";
import { queueMail } from "../../mail/commands/queue-mail";
import type { Identity } from "../identity";
import type { Provider } from "../queries";
import { linkPurpose, linkSubject } from "./begin-link";

const withState = (state: string) => ({ digest: { in: digestCandidates(linkPurpose, state) } });

/** Is this the way back of somebody who wanted to connect an account? */
export const isLinkState = async (state: string): Promise<boolean> =>
  (await db().challenge.count({ where: withState(state) })) > 0;

/** Connects who somebody is elsewhere to the account that set out from here, in the same session, a moment ago. */
export async function linkAccount(
  actor: Actor,
  provider: Provider,
  identity: Identity,
  state: string,
): Promise<void> {
  if (actor.kind !== "session") throw new AppError("auth.sign_in_over");
  const userId = actor.user.id;
  try {
    await audited(actor, async (transaction, record) => {
      await claimLinkState(transaction, linkSubject(actor, provider.id), state);
      const user = await transaction.user.findUniqueOrThrow({ where: { id: userId } });
      await addAccount(transaction, userId, provider, identity);
      record({
        action: "account.linked",
        object: { type: "user", id: userId, label: user.email },
        detail: { provider: provider.id, label: identity.label },
      });
      await queueMail(transaction, { kind: "account_linked", userId, data: { title: provider.title } });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("account.already_linked");
    throw error;
  }
}

/** Works once, and only where it began: of two at once, one update finds it unused. */
async function claimLinkState(transaction: Transaction, subject: string, state: string): Promise<void> {
  const claimed = await transaction.challenge.updateMany({
    where: { ...withState(state), subject, usedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  if (claimed.count !== 1) throw new AppError("auth.sign_in_over");
}

/** Nothing that the service gave out is kept: nobody here calls it in the person's name. */
export async function addAccount(
  transaction: Transaction,
  userId: string,
  provider: Provider,
  { subject, label }: Identity,
): Promise<void> {
  const type = provider.kind === "github" ? "oauth" : "oidc";
  await transaction.account.create({
    data: { userId, type, provider: provider.id, providerAccountId: subject, label, createdAt: now() },
  });
}
