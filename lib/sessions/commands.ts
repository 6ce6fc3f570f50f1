import { audited } from "../audit/commands/audited";
import { type Origin, requireAdmin, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { minuteMs } from "../core/time";
import { now } from "../infra/clock";
import { db, type Transaction } from "../infra/db/client";
import { deviceName, type EndReason, type SessionKind } from "./domain";
import { canEndSession } from "./policy";

type SessionStart = { lifetimeMs: number; kind?: SessionKind; keyId?: string; method?: string };

export function startSession(
  transaction: Transaction,
  userId: string,
  origin: Origin,
  { lifetimeMs, kind = "browser", keyId, method = "password" }: SessionStart,
) {
  const at = now();
  return transaction.session.create({
    data: {
      id: newId("ses"),
      userId,
      kind,
      method,
      keyId: keyId ?? null,
      address: origin.address,
      userAgent: origin.userAgent.slice(0, 300),
      createdAt: at,
      lastSeenAt: at,
      expiresAt: new Date(at.getTime() + lifetimeMs),
    },
  });
}

/** Ends all of a user's sessions but `except`; answers how many there were. */
export async function endSessions(
  transaction: Transaction,
  userId: string,
  reason: EndReason,
  except?: string,
): Promise<number> {
  const ended = await transaction.session.updateMany({
    where: { userId, endedAt: null, ...(except ? { id: { not: except } } : {}) },
    data: { endedAt: now(), endedReason: reason },
  });
  return ended.count;
}

/** Ends one that still goes on, whoever asks for it; answers null when it was over, or never was. */
export async function endOneSession(transaction: Transaction, id: string, reason: EndReason) {
  const ended = await transaction.session.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now(), endedReason: reason },
  });
  return ended.count === 0 ? null : transaction.session.findUniqueOrThrow({ where: { id } });
}

export async function endSession(actor: UserActor, id: string, ownReason: EndReason): Promise<void> {
  await audited(actor, async (transaction, record) => {
    const session = await transaction.session.findUnique({ where: { id } });
    if (!session || session.endedAt !== null || !canEndSession(actor, session))
      throw new AppError("session.not_found");
    const reason = session.userId === actor.user.id ? ownReason : "ended_by_admin";
    await transaction.session.update({ where: { id }, data: { endedAt: now(), endedReason: reason } });
    record({
      action: "session.ended",
      object: { type: "session", id, label: deviceName(session.userAgent) },
      detail: { reason, user_id: session.userId },
    });
  });
}

/** An admin ends every session of a user. */
export async function endSessionsOf(actor: UserActor, user: { id: string; email: string }): Promise<void> {
  requireAdmin(actor);
  await audited(actor, async (transaction, record) => {
    const ended = await endSessions(transaction, user.id, "ended_by_admin");
    if (ended === 0) return;
    record({
      action: "session.ended",
      object: { type: "user", id: user.id, label: user.email },
      detail: { reason: "ended_by_admin", sessions: ended },
    });
  });
}

/** Notes that a session is in use: at most one write a minute, and never a step back in time. */
export async function touchSession(session: { id: string; userId: string; lastSeenAt: Date }): Promise<void> {
  const at = now();
  const before = new Date(at.getTime() - minuteMs);
  if (session.lastSeenAt > before) return;
  const touched = await db().session.updateMany({
    where: { id: session.id, endedAt: null, lastSeenAt: { lte: before } },
    data: { lastSeenAt: at },
  });
  if (touched.count > 0) await db().user.update({ where: { id: session.userId }, data: { lastSeenAt: at } });
}
