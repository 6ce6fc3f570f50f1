import { type Actor, hasScope, isUser } from "../core/actor";

/**
 * One's own tasks, and nobody else's: administrators do not see them either. A key sees only those that were made
 * with it, as with predictions: whoever holds it learns nothing of the rest.
 */
export const canSeeTask = (actor: Actor, task: { userId: string; keyId: string | null }): boolean =>
  isUser(actor) &&
  actor.user.id === task.userId &&
  hasScope(actor, "tasks") &&
  (actor.kind !== "key" || actor.key.id === task.keyId);
