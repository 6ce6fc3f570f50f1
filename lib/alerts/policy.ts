import { type Actor, isAdmin, isPerson } from "../core/actor";

type Alert = { userId: string | null };

const isOwn = (actor: Actor, alert: Alert): boolean => isPerson(actor) && actor.user.id === alert.userId;

/** One's own, and what is for all administrators. */
export const canSeeAlert = (actor: Actor, alert: Alert): boolean =>
  alert.userId === null ? isPerson(actor) && isAdmin(actor) : isOwn(actor, alert);

/** Whose key was slowed or frozen, and administrators: somebody may not reach theirs. */
export const canUndoStep = (actor: Actor, alert: Alert): boolean =>
  isOwn(actor, alert) || (isPerson(actor) && isAdmin(actor));
