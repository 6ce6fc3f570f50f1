import { type Actor, isAdmin, isUser } from "../core/actor";

/** Administrators see every refusal; others their own, and a key only those of calls made with it. */
export function canSeeRefusal(
  actor: Actor,
  refusal: { userId: string | null; keyId: string | null },
): boolean {
  if (isAdmin(actor)) return true;
  if (!isUser(actor) || refusal.userId !== actor.user.id) return false;
  return actor.kind !== "key" || refusal.keyId === actor.key.id;
}
