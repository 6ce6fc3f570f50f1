import type { z } from "zod";
import { AppError } from "../core/errors";
import { newId, newSecret } from "../core/ids";
import { hourMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Transaction } from "../infra/db/client";
import { digest, digestCandidates } from "../infra/secrets";
import type { linkInspectionView, linkPages } from "./schema";

/** What belongs to an account that is there already. */
export type LinkPurpose = "invitation" | "password_reset" | "email_proof" | "email_change";
export type NewLink = { purpose: LinkPurpose | "registration"; secret: string; expiresAt: Date };

/** Makes a link and takes back the earlier ones for the same purpose: only the newest works. */
export async function createLink(
  transaction: Transaction,
  userId: string,
  purpose: LinkPurpose,
  lifetimeHours: number,
  /** The address it is sent to, where using it proves that address. */
  email: string | null = null,
): Promise<NewLink> {
  const secret = newSecret();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + lifetimeHours * hourMs);
  await removeLinks(transaction, userId, purpose);
  await transaction.oneTimeLink.create({
    data: { id: newId("lnk"), userId, purpose, email, digest: digest(purpose, secret), createdAt, expiresAt },
  });
  return { purpose, secret, expiresAt };
}

export const removeLinks = (transaction: Transaction, userId: string, purpose?: LinkPurpose) =>
  transaction.oneTimeLink.deleteMany({ where: { userId, purpose, usedAt: null } });

/** Reads a link that would still work, without using it up. */
export async function getLink(purpose: LinkPurpose, secret: string, database: Database = db()) {
  const link = await findUnused(purpose, secret, database);
  if (!link?.user || link.user.deletedAt || link.user.disabledAt) throw new AppError("link.invalid");
  return { ...link, user: link.user };
}

/** The proof of the address somebody has, or wants to have: both are used in the same place. */
export async function getAddressLink(secret: string, database: Database = db()) {
  const isChange = (await findUnused("email_change", secret, database)) !== null;
  const link = await getLink(isChange ? "email_change" : "email_proof", secret, database);
  if (link.email === null) throw new AppError("link.invalid");
  return { ...link, isChange, email: link.email };
}

/** For somebody who has no account yet: it is bound to the address, and using it makes the account. */
export async function createRegistrationLink(
  transaction: Transaction,
  { email, name }: { email: string; name: string },
  lifetimeHours: number,
): Promise<NewLink> {
  const purpose = "registration";
  const secret = newSecret();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + lifetimeHours * hourMs);
  await transaction.oneTimeLink.deleteMany({ where: { email, purpose, usedAt: null } });
  await transaction.oneTimeLink.create({
    data: { id: newId("lnk"), purpose, email, name, digest: digest(purpose, secret), createdAt, expiresAt },
  });
  return { purpose, secret, expiresAt };
}

export async function getRegistrationLink(secret: string, database: Database = db()) {
  const link = await findUnused("registration", secret, database);
  if (!link?.email || !link.name) throw new AppError("link.invalid");
  return { id: link.id, email: link.email, name: link.name, expiresAt: link.expiresAt };
}

async function findUnused(purpose: NewLink["purpose"], secret: string, database: Database) {
  const link = await database.oneTimeLink.findFirst({
    where: { digest: { in: digestCandidates(purpose, secret) } },
    include: { user: true },
  });
  return link && link.usedAt === null && link.expiresAt > now() ? link : null;
}

/** Uses a link up: of two at once, one update finds it unused. */
export async function claimLink(transaction: Transaction, id: string): Promise<void> {
  const claimed = await transaction.oneTimeLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  if (claimed.count !== 1) throw new AppError("link.invalid");
}

type SeenLink = z.infer<typeof linkInspectionView>;

/** For whom a link is, without using it: the scanner of a mail server may come before its reader. */
export async function lookAtLink(page: (typeof linkPages)[number], secret: string): Promise<SeenLink> {
  if (page === "verification") return lookAtProof(secret);
  const { user, expiresAt } = await getLink(page, secret);
  return { purpose: page, email: user.email, name: user.name, expires_at: expiresAt.toISOString() };
}

async function lookAtProof(secret: string): Promise<SeenLink> {
  if (await findUnused("registration", secret, db())) {
    const { email, name, expiresAt } = await getRegistrationLink(secret);
    return { purpose: "registration", email, name, expires_at: expiresAt.toISOString() };
  }
  const { isChange, email, user, expiresAt } = await getAddressLink(secret);
  const purpose = isChange ? "email_change" : "email_proof";
  return { purpose, email, name: user.name, expires_at: expiresAt.toISOString() };
}
