import { type Actor, requireAdmin, type UserActor } from "../core/actor";
import { isInRanges } from "../core/address-range";
import { AppError } from "../core/errors";
import { decodeCursor, decodeCursorTime, type Page, toPage } from "../core/page";
import { dayMs, never } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Prisma } from "../infra/db/client";
import { isOutdated, mac, macCandidates } from "../infra/secrets";
import { searchWordsOf } from "../users/domain";
import { isWellFormedKey, type KeyState, keyState, readWords } from "./domain";
import { canManageKey } from "./policy";
import { type AdminKeyQuery, type KeyQuery, useDays } from "./schema";

export type Key = Prisma.ApiKeyGetPayload<object>;
export type LiveKey = Prisma.ApiKeyGetPayload<{ include: { user: true } }>;

/** What is stored of a secret. The purpose is part of it: no digest of anything else is ever the same. */
export const keyDigest = (secret: string): string => mac("pepper", `api-key\0${secret}`);

/** The key behind a secret, whatever state it is in. What an earlier pepper made is replaced when it is used. */
export async function findKeyBySecret(secret: string): Promise<LiveKey | null> {
  const digests = macCandidates("pepper", `api-key\0${secret}`);
  const key = await db().apiKey.findFirst({ where: { digest: { in: digests } }, include: { user: true } });
  if (key && isOutdated("pepper", key.digest))
    await db().apiKey.updateMany({
      where: { id: key.id, digest: key.digest },
      data: { digest: keyDigest(secret) },
    });
  return key;
}

/**
 * The key and its owner, if both may be used right now and from this address; the one place that decides whether
 * a key counts. Only who holds the right secret learns why it does not work; that its owner was disabled or
 * deleted looks like a key that never existed.
 */
export async function findLiveKey(secret: string, address: string): Promise<LiveKey> {
  const key = isWellFormedKey(secret) ? await findKeyBySecret(secret) : null;
  if (!key) throw new AppError("auth.invalid_token");
  const state = keyState(key, now());
  const subject = { userId: key.userId, keyId: key.id };
  if (state !== "live") throw new AppError(`key.${state}`, { subject });
  if (key.user.disabledAt || key.user.deletedAt) throw new AppError("auth.invalid_token");
  const ranges = readWords(key.cidrs);
  if (ranges && !isInRanges(address, ranges)) throw new AppError("key.address_not_allowed", { subject });
  return key;
}

/** One's own key. Other people's are not there, for administrators either: they have `getAnyKey`. */
export async function getKey(actor: UserActor, id: string, database: Database = db()): Promise<Key> {
  const key = await database.apiKey.findUnique({ where: { id } });
  if (!key || !canManageKey(actor, key)) throw new AppError("key.not_found");
  return key;
}

export async function getAnyKey(actor: Actor, id: string, database: Database = db()): Promise<LiveKey> {
  requireAdmin(actor);
  const key = await database.apiKey.findUnique({ where: { id }, include: { user: true } });
  if (!key) throw new AppError("key.not_found");
  return key;
}

export async function listKeys(actor: UserActor, query: KeyQuery): Promise<Page<Key>> {
  const rows = await db().apiKey.findMany({
    where: {
      AND: [{ userId: actor.user.id }, inState(query.state), after("created_at", "desc", query.cursor)],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => ({ value: row.createdAt.toISOString(), id: row.id }));
}

type KeyFilters = Pick<AdminKeyQuery, "owner" | "model" | "state" | "used">;

/** Of a model with an underscore in its name perhaps some too many: see `listAllKeys`. */
export async function countAllKeys(actor: Actor, filters: KeyFilters): Promise<number> {
  requireAdmin(actor);
  return db().apiKey.count({ where: matching(filters) });
}

/** Live, without an end, and made more than a year ago. */
export async function countOldKeys(actor: Actor): Promise<number> {
  requireAdmin(actor);
  const before = new Date(now().getTime() - 365 * dayMs);
  const isOld = { createdAt: { lt: before }, expiresAt: null };
  return db().apiKey.count({ where: { AND: [inState("live"), isOld] } });
}

const sortColumns = { created_at: "createdAt", last_used_at: "lastUsedAt" } as const;

export async function listAllKeys(actor: Actor, query: AdminKeyQuery): Promise<Page<LiveKey>> {
  requireAdmin(actor);
  const column = sortColumns[query.sort];
  const rows = await db().apiKey.findMany({
    where: { AND: [matching(query), after(query.sort, query.order, query.cursor)] },
    include: { user: true },
    orderBy: [{ [column]: query.order }, { id: query.order }],
    take: query.limit + 1,
  });
  const page = toPage(rows, query.limit, (row) => ({ value: row[column].toISOString(), id: row.id }));
  const { model } = query;
  // For LIKE an underscore is any letter, so a_b also finds a-b: those are taken out again.
  return model ? { ...page, items: page.items.filter((row) => mayUse(row, model)) } : page;
}

const mayUse = (key: Key, model: string): boolean => readWords(key.models)?.includes(model) ?? true;

/** Keys that work, for the number that one person may have. */
export const countUsableKeys = (userId: string, database: Database = db()): Promise<number> =>
  database.apiKey.count({ where: { AND: [{ userId }, inState("live")] } });

function inState(state: KeyState | undefined): Prisma.ApiKeyWhereInput {
  if (!state) return {};
  const at = now();
  const states: Record<KeyState, Prisma.ApiKeyWhereInput> = {
    live: { revokedAt: null, frozenAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    expired: { revokedAt: null, frozenAt: null, expiresAt: { lte: at } },
    frozen: { revokedAt: null, frozenAt: { not: null } },
    revoked: { revokedAt: { not: null } },
  };
  return states[state];
}

function matching({ owner = "", model, state, used }: KeyFilters): Prisma.ApiKeyWhereInput {
  return {
    AND: [
      inState(state),
      owner.startsWith("usr_") ? { userId: owner } : ownedBy(owner),
      model ? forModel(model) : {},
      used ? lastUsed(used) : {},
    ],
  };
}

const ownedBy = (text: string): Prisma.ApiKeyWhereInput => ({
  user: { AND: searchWordsOf(text).map((word) => ({ searchText: { contains: word } })) },
});

/** One word of the stored ones, or all models. */
const forModel = (model: string): Prisma.ApiKeyWhereInput => ({
  OR: [
    { models: null },
    { models: model },
    { models: { startsWith: `${model} ` } },
    { models: { endsWith: ` ${model}` } },
    { models: { contains: ` ${model} ` } },
  ],
});

function lastUsed(used: NonNullable<AdminKeyQuery["used"]>): Prisma.ApiKeyWhereInput {
  if (used === "never") return { lastUsedAt: never };
  const since = new Date(now().getTime() - useDays[used] * dayMs);
  const isUnused = used === "unused_30d" || used === "unused_90d";
  return isUnused ? { createdAt: { lte: since }, lastUsedAt: { lte: since } } : { lastUsedAt: { gt: since } };
}

/** Rows beyond the cursor: a larger sort value, or the same one and a larger id. */
function after(
  sort: keyof typeof sortColumns,
  order: "asc" | "desc",
  cursorText: string | undefined,
): Prisma.ApiKeyWhereInput {
  if (!cursorText) return {};
  const cursor = decodeCursor(cursorText);
  const column = sortColumns[sort];
  const value = decodeCursorTime(cursor.value);
  const beyond = order === "asc" ? "gt" : "lt";
  return { OR: [{ [column]: { [beyond]: value } }, { [column]: value, id: { [beyond]: cursor.id } }] };
}
