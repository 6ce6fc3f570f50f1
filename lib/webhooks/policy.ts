import { type Actor, isPerson } from "../core/actor";

/** For the owner alone: its messages are about what is theirs, and signed with their secret. */
export const canManageWebhook = (actor: Actor, webhook: { userId: string }): boolean =>
  isPerson(actor) && actor.user.id === webhook.userId;
