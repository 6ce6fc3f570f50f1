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
