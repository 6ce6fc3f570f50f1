import { type Actor, hasScope, isUser } from "../core/actor";

/** One's own calls. A key sees only what was called with it: whoever holds it learns nothing of the rest. */
export const canSeePrediction = (
  actor: Actor,
  prediction: { userId: string; keyId: string | null },
): boolean =>
  isUser(actor) &&
  actor.user.id === prediction.userId &&
  hasScope(actor, "predict") &&
  (actor.kind !== "key" || actor.key.id === prediction.keyId);
