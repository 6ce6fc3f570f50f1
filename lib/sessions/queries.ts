import { type Actor, requireAdmin } from "../core/actor";
import { dayMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Prisma } from "../infra/db/client";
import { currentSettings } from "../settings/queries";
import { sessionIdleMs } from "../settings/schema";
import { isLive, isUsableKey } from "./domain";

/**
 * The session with its user, and with the API key behind it, if all of them may be used right now; the one place
 * that decides whether a cookie or token counts.
 */
export async function findLiveSession(id: string) {
  const [session, settings] = await Promise.all([
    db().session.findUnique({ where: { id }, include: { user: true, key: true } }),
    currentSettings(),
  ]);
  const at = now();
  if (!session || !isLive(session, sessionIdleMs(settings), at)) return null;
  if (session.user.disabledAt !== null || session.user.deletedAt !== null) return null;
  if (session.kind === "key" && !(session.key && isUsableKey(session.key, at))) return null;
  return session;
}

/** The one session of somebody whom the web server in front names, if it goes on. */
export async function findProxySession(userId: string, database: Database = db()) {
  const settings = await currentSettings();
  const open = await database.session.findFirst({
    where: { userId, kind: "proxy", endedAt: null, expiresAt: { gt: now() } },
    orderBy: { createdAt: "desc" },
  });
  return open && isLive(open, sessionIdleMs(settings), now()) ? open : null;
}

export type LiveSession = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/** Live, and started by a person: in a browser, or with the password by a program. */
async function livePersonal(): Promise<Prisma.SessionWhereInput> {
  const idleMs = sessionIdleMs(await currentSettings());
  const at = now();
  return {
    endedAt: null,
    expiresAt: { gt: at },
    OR: [
      { kind: "api" },
      { kind: { in: ["browser", "proxy"] }, lastSeenAt: { gt: new Date(at.getTime() - idleMs) } },
    ],
  };
}

export async function listLiveSessions(userId: string) {
  return db().session.findMany({
    where: { userId, ...(await livePersonal()) },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
  });
}

/** How many sessions are in use, and of how many people. */
export async function countLiveSessions(actor: Actor): Promise<{ sessions: number; users: number }> {
  requireAdmin(actor);
  const live = await db().session.groupBy({
    by: ["userId"],
    where: { ...(await livePersonal()), user: { disabledAt: null, deletedAt: null } },
    _count: true,
  });
  return { sessions: live.reduce((sum, { _count }) => sum + _count, 0), users: live.length };
}

/** The addresses from which the person behind `email` has been signed in lately; where a key is used says nothing. */
export async function listFamiliarAddresses(email: string): Promise<string[]> {
  const sessions = await db().session.findMany({
    where: {
      user: { email },
      kind: { in: ["browser", "api"] },
      createdAt: { gt: new Date(now().getTime() - 90 * dayMs) },
    },
    orderBy: { createdAt: "desc" },
    take: 50,
    select: { address: true },
  });
  return sessions.map((session) => session.address);
}
