import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { isUniqueViolation } from "../../infra/db/errors";
import { digest } from "../../infra/secrets";
import { readSettings } from "../../settings/queries";
import { isWelcomeDomain } from "../../settings/schema";
import { insertMember } from "../../users/commands/insert-user";
import { findUserByEmail, type User } from "../../users/queries";
import { stateMs } from "../domain";
import type { Identity } from "../identity";
import { findUserAt, type Provider } from "../queries";
import { addAccount } from "./link-account";

/** Whose account a proven identity opens; a new one where everybody may register. */
export async function findPerson(
  actor: AnonymousActor,
  provider: Provider,
  identity: Identity,
  state: string,
): Promise<User> {
  await spendState(state);
  const user = await findUserAt(provider.id, identity.subject);
  if (!user) return registerPerson(actor, provider, identity);
  await db().account.updateMany({
    where: { provider: provider.id, providerAccountId: identity.subject },
    data: { lastUsedAt: now(), label: identity.label },
  });
  return user;
}

/** Each answer of a service counts once: of two that bring the same state, one finds its row taken. */
async function spendState(state: string): Promise<void> {
  const purpose = "provider_state";
  const at = now();
  try {
    await db().challenge.create({
      data: {
        id: newId("chl"),
        purpose,
        digest: digest(purpose, state),
        createdAt: at,
        usedAt: at,
        expiresAt: new Date(at.getTime() + stateMs),
      },
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("auth.sign_in_over");
    throw error;
  }
}

/**
 * An account for somebody nobody knows yet. Where the address has one already the answer is the same as where nobody
 * may register: whoever controls an address elsewhere does not get the account that it has here.
 */
async function registerPerson(actor: AnonymousActor, provider: Provider, identity: Identity): Promise<User> {
  try {
    return await audited(actor, async (transaction, record) => {
      const email = await freeEmailOf(transaction, identity);
      const name = identity.name ?? email.slice(0, email.lastIndexOf("@"));
      const user = await insertMember(transaction, { email, name });
      await addAccount(transaction, user.id, provider, identity);
      const detail = { name, role: user.role, plan: user.planId, provider: provider.id };
      record({ action: "user.registered", object: { type: "user", id: user.id, label: email }, detail });
      return user;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("auth.not_linked");
    throw error;
  }
}

async function freeEmailOf(transaction: Transaction, identity: Identity): Promise<string> {
  const settings = await readSettings(transaction);
  const { email, isEmailVerified } = identity;
  const isWelcome =
    settings.registration === "open" &&
    email !== null &&
    isEmailVerified &&
    isWelcomeDomain(email, settings) &&
    (await findUserByEmail(email, transaction)) === null;
  if (!isWelcome) throw new AppError("auth.not_linked");
  return email;
}
