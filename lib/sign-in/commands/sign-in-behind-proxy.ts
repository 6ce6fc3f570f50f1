import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { factorsOf, needsFactor } from "../../factors/queries";
import { now } from "../../infra/clock";
import { isUniqueViolation } from "../../infra/db/errors";
import { startSession } from "../../sessions/commands";
import { findProxySession } from "../../sessions/queries";
import { currentSettings } from "../../settings/queries";
import { sessionAbsoluteMs } from "../../settings/schema";
import { insertMember } from "../../users/commands/insert-user";
import { userState } from "../../users/domain";
import { findUserByEmail, type User } from "../../users/queries";

type Named = { email: string; name: string };

/**
 * The session of whom a trusted web server in front named, which says so with every request anew: all browsers of
 * a person share one row. Disabled accounts count, and so does the second factor, which that server does not ask
 * for unless the owner of the install says it does.
 */
export async function signInBehindProxy(actor: AnonymousActor, named: Named) {
  const settings = await currentSettings();
  const user =
    (await findUserByEmail(named.email)) ??
    (settings.proxy_unknown_users === "create" ? await createMember(actor, named) : null);
  if (!user || user.disabledAt !== null || user.deletedAt !== null)
    throw new AppError("auth.proxy_refused", {
      cause: user ? "the account is not active" : "no such account",
    });
  const { hasAny } = await factorsOf(user.id);
  if (!settings.proxy_asks_second_factor && (hasAny || needsFactor(user, settings)))
    throw new AppError("auth.proxy_second_factor");
  const session =
    (await findProxySession(user.id)) ?? (await startOne(actor, user, sessionAbsoluteMs(settings)));
  return { user, session, provenAt: provenAtOf(session, user, hasAny) };
}

/**
 * A new session is no proof here: whoever sits at somebody's open browser could end it and get another. So a
 * sensitive change asks for the password or second factor; who has neither is taken at that server's word.
 */
const provenAtOf = (session: { provenAt: Date | null }, user: User, hasFactor: boolean): Date | undefined =>
  user.passwordHash !== null || hasFactor ? (session.provenAt ?? undefined) : now();

/** Of the requests that a page makes at once, the first starts it; the lock of `audited` makes the others see it. */
async function startOne(actor: AnonymousActor, user: User, lifetimeMs: number) {
  return audited(actor, async (transaction, record) => {
    const current = await transaction.user.findUniqueOrThrow({ where: { id: user.id } });
    if (current.disabledAt !== null || current.deletedAt !== null) throw new AppError("auth.proxy_refused");
    const existing = await findProxySession(user.id, transaction);
    if (existing) return existing;
    const started = await startSession(transaction, user.id, actor.origin, {
      lifetimeMs,
      kind: "proxy",
      method: "proxy",
    });
    const at = now();
    // Whoever was only invited has arrived: that server says whose address it is.
    const arrived = userState(current) === "invited" ? { emailVerified: at, updatedAt: at } : {};
    await transaction.user.update({ where: { id: user.id }, data: { lastSeenAt: at, ...arrived } });
    record({
      action: "session.started",
      object: { type: "session", id: started.id, label: "the web server in front" },
      detail: { user_id: user.id, email: user.email, kind: "proxy" },
    });
    return started;
  });
}

async function createMember(actor: AnonymousActor, named: Named): Promise<User | null> {
  try {
    return await audited(actor, async (transaction, record) => {
      const user = await insertMember(transaction, named);
      record({
        action: "user.registered",
        object: { type: "user", id: user.id, label: user.email },
        detail: { name: user.name, role: user.role, plan: user.planId, by: "proxy" },
      });
      return user;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return findUserByEmail(named.email);
    throw error;
  }
}
