import { type Actor, hasScope, isUser, type UserActor } from "../core/actor";
import { type Scope, scopesOfRole } from "../core/scopes";

/** For the owner alone: who rolls a key holds its secret. Administrators read and revoke, by their own commands. */
export const canManageKey = (actor: Actor, key: { userId: string }): boolean =>
  isUser(actor) && actor.user.id === key.userId && hasScope(actor, "keys");

/** Nobody hands on what they do not have, and nobody what their role has not. */
export const canGrantScopes = (actor: UserActor, scopes: readonly Scope[]): boolean =>
  scopes.every((scope) => scopesOfRole(actor.user.role).includes(scope) && hasScope(actor, scope));
