import { type Actor, requireAdmin } from "../core/actor";
import { AppError } from "../core/errors";
import { afterNewest, type Page, toPage } from "../core/page";
import { type Database, db, type Prisma } from "../infra/db/client";
import { env } from "../infra/env";
import { canMail } from "../infra/mail";
import type { MailQuery } from "./schema";

export type Mail = Prisma.MailGetPayload<object>;
/** With the address of the user it is for, as it is now. */
export type AddressedMail = Mail & { userEmail: string | null };

/** Newest first. */
export async function listMails(
  actor: Actor,
  { state, cursor, limit }: MailQuery,
): Promise<Page<AddressedMail>> {
  requireAdmin(actor);
  const rows = await db().mail.findMany({
    where: { state, ...afterNewest(cursor) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = toPage(rows, limit, (row) => ({ value: row.createdAt.toISOString(), id: row.id }));
  return { ...page, items: await withAddresses(page.items) };
}

export async function getMail(actor: Actor, id: string, database: Database = db()): Promise<AddressedMail> {
  requireAdmin(actor);
  const mail = await database.mail.findUnique({ where: { id } });
  if (!mail) throw new AppError("mail.not_found");
  const [addressed] = await withAddresses([mail], database);
  return addressed ?? { ...mail, userEmail: null };
}

async function withAddresses(mails: readonly Mail[], database: Database = db()): Promise<AddressedMail[]> {
  const ids = mails.flatMap(({ userId }) => userId ?? []);
  const users = await database.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, email: true },
  });
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return mails.map((mail) => ({ ...mail, userEmail: emails.get(mail.userId ?? "") ?? null }));
}

export async function countMails(actor: Actor, { state }: Pick<MailQuery, "state">): Promise<number> {
  requireAdmin(actor);
  return db().mail.count({ where: { state } });
}

/** Whether mails are sent at all, and from whom they are. */
export const mailServer = (): { isSet: boolean; from: string } => ({
  isSet: canMail(),
  from: env().mailFrom,
});
