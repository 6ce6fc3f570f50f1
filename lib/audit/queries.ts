import { type Actor, requireAdmin } from "../core/actor";
import { decodeCursor, type Page, toPage } from "../core/page";
import { db, type Prisma } from "../infra/db/client";
import { auditReach } from "../infra/secrets";
import { headSeal, isOwnHash } from "./commands/audited";
import { brokenLink, type ChainReport, changedIds, type SealedFields } from "./domain";
import type { AuditQuery } from "./schema";

type AuditEvent = SealedFields & { hash: string };

const batchSize = 1_000;

export async function listAuditEvents(actor: Actor, filter: AuditQuery): Promise<Page<AuditEvent>> {
  requireAdmin(actor);
  const before = filter.cursor ? positionOf(filter.cursor) : null;
  const rows = await db().auditEvent.findMany({
    where: { ...matching(filter), ...(before === null ? {} : { position: { lt: before } }) },
    orderBy: { position: "desc" },
    take: filter.limit + 1,
  });
  return toPage(rows, filter.limit, (row) => ({ value: String(row.position), id: row.id }));
}

/** A cursor that names no position lies before the first event: nothing follows it. */
function positionOf(cursorText: string): number {
  const position = Number(decodeCursor(cursorText).value);
  return Number.isInteger(position) && Math.abs(position) < 2 ** 31 ? position : 0;
}

/** What a person did and what was done to the account, newest first; signing in is recorded on the session. */
export async function listEventsOfUser(actor: Actor, userId: string, limit: number): Promise<AuditEvent[]> {
  requireAdmin(actor);
  const sessions = await db().session.findMany({
    where: { userId },
    orderBy: { createdAt: "desc" },
    take: 50,
    select: { id: true },
  });
  const objects = [userId, ...sessions.map(({ id }) => id)];
  return db().auditEvent.findMany({
    where: { OR: [{ actorId: userId }, { objectId: { in: objects } }] },
    orderBy: { position: "desc" },
    take: limit,
  });
}

/** How far the log has come, without following the chain. */
export async function countAuditEvents(actor: Actor): Promise<number> {
  requireAdmin(actor);
  return newestPosition();
}

const changesMax = 500;

/**
 * What was changed after `position`, by whatever process; null where it is too much to name. Everything that takes
 * somebody's rights away is recorded in the transaction that does it, so nothing of that kind is missing here.
 */
export async function listChangesAfter(
  position: number,
): Promise<{ position: number; ids: string[] | null }> {
  const events = await db().auditEvent.findMany({
    where: { position: { gt: position } },
    orderBy: { position: "asc" },
    take: changesMax,
    select: { position: true, action: true, objectId: true, detail: true },
  });
  const ids = changedIds(events.map((event) => ({ ...event, detail: JSON.parse(event.detail) })));
  if (events.length < changesMax) return { position: events.at(-1)?.position ?? position, ids };
  return { position: await newestPosition(), ids: null };
}

export async function newestPosition(): Promise<number> {
  const head = await db().auditHead.findUnique({ where: { id: 1 } });
  return head?.position ?? 0;
}

function matching(filter: Omit<AuditQuery, "limit" | "cursor">): Prisma.AuditEventWhereInput {
  return {
    action: filter.action,
    AND: [
      filter.actor
        ? { OR: [{ actorId: filter.actor }, { actorLabel: { contains: filter.actor.toLowerCase() } }] }
        : {},
      filter.object
        ? { OR: [{ objectId: filter.object }, { objectLabel: { contains: filter.object } }] }
        : {},
    ],
    at: { gte: filter.from && new Date(filter.from), lte: filter.to && new Date(filter.to) },
  };
}

/** The whole log in order, in bounded pieces: for the export and the verification. */
export async function* readAuditLog(
  filter: Omit<AuditQuery, "limit" | "cursor"> = {},
): AsyncGenerator<AuditEvent[]> {
  let after: number | undefined;
  for (;;) {
    const rows = await db().auditEvent.findMany({
      where: { ...matching(filter), position: { gt: after } },
      orderBy: { position: "asc" },
      take: batchSize,
    });
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.position ?? after;
  }
}

const findHead = () => db().auditHead.findUnique({ where: { id: 1 } });

/** How far the chain was followed. */
export type ChainPlace = { position: number; hash: string };
export const chainStart: ChainPlace = { position: 0, hash: "" };

const partSize = 200;

/**
 * A small part of what `verifyAuditChain` does, for who does it all the time: where it went on from, what does not
 * hold if anything, and where the next part begins; null: the head was reached and it fits.
 */
export async function verifyAuditPart(
  from: ChainPlace,
): Promise<{ broken: { position: number; reason: string } | null; next: ChainPlace | null }> {
  const broken = (position: number, reason: string) => ({ broken: { position, reason }, next: null });
  const head = await findHead();
  if (!head) return broken(from.position + 1, "the record of the newest event is missing");
  if (head.position < from.position)
    return broken(head.position + 1, "the record of the newest event was set back");
  // The secrets were rotated later than that, and their rotation is an event.
  if (head.position < auditReach()) return broken(head.position + 1, "the newest events are missing");
  const events = await db().auditEvent.findMany({
    where: { position: { gt: from.position } },
    orderBy: { position: "asc" },
    take: partSize,
  });
  let place = from;
  let atHead = from.position === head.position ? from : null;
  for (const event of events) {
    const reason = brokenLink(event, place.position + 1, place.hash, isOwnHash(event, place.hash));
    if (reason) return broken(place.position + 1, reason);
    place = { position: event.position, hash: event.hash };
    if (place.position === head.position) atHead = place;
  }
  if (!atHead && events.length === partSize) return { broken: null, next: place };
  if (!atHead) return broken(place.position + 1, "the newest events are missing");
  const isSealed = head.position === 0 ? head.seal === "" : head.seal === headSeal(head.position, head.hash);
  if (atHead.hash !== head.hash || !isSealed)
    return broken(head.position, "the record of the newest event was changed");
  return { broken: null, next: null };
}

/** Follows the chain from the first event to the head and names the first place where it does not hold. */
export async function verifyAuditChain(actor: Actor): Promise<ChainReport> {
  requireAdmin(actor);
  // The head is read first: events written meanwhile lie beyond it and are checked like the others.
  const head = await findHead();
  let position = 0;
  let hash = "";
  const broken = (at: number, reason: string): ChainReport => ({
    isIntact: false,
    events: head?.position ?? position,
    verifiedUpTo: at - 1,
    brokenAt: at,
    reason,
  });
  let isHeadMet = head?.position === 0 && head.hash === "" && head.seal === "";
  for await (const events of readAuditLog()) {
    for (const event of events) {
      const reason = brokenLink(event, position + 1, hash, isOwnHash(event, hash));
      if (reason) return broken(position + 1, reason);
      position = event.position;
      hash = event.hash;
      if (head && position === head.position)
        isHeadMet = hash === head.hash && head.seal === headSeal(position, hash);
    }
  }
  if (!head) return broken(position + 1, "the record of the newest event is missing");
  if (position < Math.max(head.position, auditReach()))
    return broken(position + 1, "the newest events are missing");
  if (!isHeadMet) return broken(head.position, "the record of the newest event was changed");
  // Event and head are written in one step: read after the last event, the head cannot lie before it.
  const newest = (await findHead())?.position ?? 0;
  if (newest < position) return broken(newest + 1, "the record of the newest event was set back");
  if (position === 0 && (await db().user.count()) > 0)
    return broken(1, "the log is empty although there are accounts");
  return { isIntact: true, events: position, verifiedUpTo: position };
}
