import { type Actor, requireAdmin, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { decodeCursor, decodeCursorTime, type Page, toPage } from "../core/page";
import { hourMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Prisma } from "../infra/db/client";
import { readSettings } from "../settings/queries";
import { searchWordsOf, type UserState, userStates } from "./domain";
import type { LinkPurpose } from "./links";
import type { UserQuery, userSorts } from "./schema";

export type User = Prisma.UserGetPayload<object>;

export const findUserByEmail = (email: string, database: Database = db()): Promise<User | null> =>
  database.user.findUnique({ where: { email } });

export async function getUser(actor: Actor, id: string, database: Database = db()): Promise<User> {
  requireAdmin(actor);
  const user = await database.user.findUnique({ where: { id } });
  if (!user) throw new AppError("user.not_found");
  return user;
}

/** One's own account with its plan: what people may know about themselves. */
export const getOwnUser = (actor: UserActor) =>
  db().user.findUniqueOrThrow({ where: { id: actor.user.id }, include: { plan: true } });

const sortColumns = {
  created_at: "createdAt",
  name: "name",
  email: "email",
  last_seen_at: "lastSeenAt",
} as const;

export async function listUsers(actor: Actor, query: UserQuery): Promise<Page<User>> {
  requireAdmin(actor);
  const column = sortColumns[query.sort];
  const rows = await db().user.findMany({
    where: { AND: [matching(query), query.cursor ? after(query.sort, query.order, query.cursor) : {}] },
    orderBy: [{ [column]: query.order }, { id: query.order }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => {
    const value = row[column];
    return { value: value instanceof Date ? value.toISOString() : value, id: row.id };
  });
}

export async function countUsers(actor: Actor, filter: UserFilter = {}): Promise<number> {
  requireAdmin(actor);
  return db().user.count({ where: matching(filter) });
}

export async function countUsersByState(actor: Actor): Promise<Record<UserState, number>> {
  const counts = await Promise.all(
    userStates.map(async (state) => [state, await countUsers(actor, { state })] as const),
  );
  return Object.fromEntries(counts) as Record<UserState, number>;
}

/** Who can run this install right now, and whose password is still the one the install made. */
export async function listActiveAdmins(actor: Actor): Promise<User[]> {
  requireAdmin(actor);
  return db().user.findMany({
    where: matching({ role: "admin", state: "active" }),
    orderBy: { createdAt: "asc" },
    take: 100,
  });
}

/** The one-time link of a user that would still work now; its secret is known to its holder only. */
export async function findOpenLink(actor: Actor, userId: string, purpose: LinkPurpose) {
  requireAdmin(actor);
  return db().oneTimeLink.findFirst({
    where: { userId, purpose, usedAt: null, expiresAt: { gt: now() } },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true, expiresAt: true },
  });
}

/**
 * Whom somebody invited so lately that the link may still work, newest first. That it was asked for is all that is
 * known here: the rest would tell who has an account.
 */
export async function listOwnInvitations(actor: UserActor, database: Database = db()) {
  const lifetimeMs = (await readSettings(database)).invitation_hours * hourMs;
  const events = await database.auditEvent.findMany({
    where: {
      actorId: actor.user.id,
      action: "user.invited",
      objectId: null,
      at: { gt: new Date(now().getTime() - lifetimeMs) },
    },
    orderBy: { position: "desc" },
    take: 100,
  });
  return events.map(({ at, objectLabel, detail }) => ({
    email: objectLabel,
    name: (JSON.parse(detail) as { name: string }).name,
    createdAt: at,
    expiresAt: new Date(at.getTime() + lifetimeMs),
  }));
}

type UserFilter = Pick<UserQuery, "q" | "role" | "plan" | "state">;

/** Nobody is invited any more who chose a password, or came through another service: see `userState`. */
const hasArrived = {
  OR: [{ passwordHash: { not: null } }, { emailVerified: { not: null } }],
} satisfies Prisma.UserWhereInput;

/** Deleted accounts are listed only when asked for. */
function matching({ q, role, plan, state }: UserFilter): Prisma.UserWhereInput {
  const words = searchWordsOf(q ?? "");
  const states: Record<NonNullable<typeof state>, Prisma.UserWhereInput> = {
    active: { deletedAt: null, disabledAt: null, ...hasArrived },
    invited: { deletedAt: null, disabledAt: null, passwordHash: null, emailVerified: null },
    disabled: { deletedAt: null, disabledAt: { not: null } },
    deleted: { deletedAt: { not: null } },
  };
  return {
    role,
    planId: plan,
    AND: [
      state ? states[state] : { deletedAt: null },
      ...words.map((word) => ({ searchText: { contains: word } })),
    ],
  };
}

/** Rows beyond the cursor: a larger sort value, or the same one and a larger id. */
function after(
  sort: (typeof userSorts)[number],
  order: "asc" | "desc",
  cursorText: string,
): Prisma.UserWhereInput {
  const cursor = decodeCursor(cursorText);
  const column = sortColumns[sort];
  const value = sort === "name" || sort === "email" ? cursor.value : decodeCursorTime(cursor.value);
  const beyond = order === "asc" ? "gt" : "lt";
  return { OR: [{ [column]: { [beyond]: value } }, { [column]: value, id: { [beyond]: cursor.id } }] };
}

/** Active administrators other than `exceptId`: somebody has to be able to run the install. */
export const countOtherActiveAdmins = (exceptId: string, database: Database): Promise<number> =>
  database.user.count({
    where: {
      role: "admin",
      disabledAt: null,
      deletedAt: null,
      ...hasArrived,
      id: { not: exceptId },
    },
  });
