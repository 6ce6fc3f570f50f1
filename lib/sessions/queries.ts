import { type Actor, requireAdmin } from "../core/actor";
import { dayMs } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { currentSettings } from "../settings/queries";
import { sessionIdleMs } from "../settings/schema";
import { isLive } from "./domain";

/** The session and its user, if both may be used right now; the one place that decides whether a cookie counts. */
export async function findLiveSession(id: string) {
  const [session, settings] = await Promise.all([
    db().session.findUnique({ where: { id }, include: { user: true } }),
    currentSettings(),
  ]);
  if (!session || !isLive(session, sessionIdleMs(settings), now())) return null;
  if (session.user.disabledAt !== null || session.user.deletedAt !== null) return null;
  return session;
}

export async function listLiveSessions(userId: string) {
  const idleMs = sessionIdleMs(await currentSettings());
  const at = now();
  return db().session.findMany({
    where: {
      userId,
      endedAt: null,
      expiresAt: { gt: at },
      lastSeenAt: { gt: new Date(at.getTime() - idleMs) },
    },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
  });
}

/** How many sessions are in use, and of how many people. */
export async function countLiveSessions(actor: Actor): Promise<{ sessions: number; users: number }> {
  requireAdmin(actor);
  const idleMs = sessionIdleMs(await currentSettings());
  const at = now();
  const live = await db().session.groupBy({
    by: ["userId"],
    where: {
      endedAt: null,
      expiresAt: { gt: at },
      lastSeenAt: { gt: new Date(at.getTime() - idleMs) },
      user: { disabledAt: null, deletedAt: null },
    },
    _count: true,
  });
  return { sessions: live.reduce((sum, { _count }) => sum + _count, 0), users: live.length };
}

/** The addresses from which the person behind `email` has been signed in lately. */
export async function listFamiliarAddresses(email: string): Promise<string[]> {
  const sessions = await db().session.findMany({
    where: { user: { email }, createdAt: { gt: new Date(now().getTime() - 90 * dayMs) } },
    orderBy: { createdAt: "desc" },
    take: 50,
    select: { address: true },
  });
  return sessions.map((session) => session.address);
}
