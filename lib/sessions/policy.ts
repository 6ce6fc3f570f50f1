import { type Actor, hasScope, isAdmin, isPerson } from "../core/actor";

export const canEndSession = (actor: Actor, session: { userId: string }): boolean =>
  isAdmin(actor) || (isPerson(actor) && hasScope(actor, "account") && actor.user.id === session.userId);
