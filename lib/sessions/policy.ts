import { type Actor, isAdmin } from "../core/actor";

export const canEndSession = (actor: Actor, session: { userId: string }): boolean =>
  isAdmin(actor) || (actor.kind === "session" && actor.user.id === session.userId);
