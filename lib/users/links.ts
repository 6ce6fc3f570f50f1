import { AppError } from "../core/errors";
import { newId, newSecret } from "../core/ids";
import { hourMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Transaction } from "../infra/db/client";
import { digest } from "../infra/secrets";

/** What belongs to an account that is there already. */
export type LinkPurpose = "invitation" | "password_reset" | "email_proof" | "email_change";
export type NewLink = { purpose: LinkPurpose; secret: string; expiresAt: Date };

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
  const link = await database.oneTimeLink.findUnique({
    where: { digest: digest(purpose, secret) },
    include: { user: true },
  });
  const { user } = link ?? {};
  const isUsable = link && user && link.usedAt === null && link.expiresAt > now();
  if (!isUsable || user.deletedAt || user.disabledAt) throw new AppError("link.invalid");
  return { ...link, user };
}

/** Uses a link up: of two at once, one update finds it unused. */
export async function claimLink(transaction: Transaction, id: string): Promise<void> {
  const claimed = await transaction.oneTimeLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  if (claimed.count !== 1) throw new AppError("link.invalid");
}
