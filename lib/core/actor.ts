import { AppError } from "./errors";
import { type Scope, scopesOfRole } from "./scopes";

/** Where a request came from; goes into every audit row. */
export type Origin = { requestId: string; address: string; userAgent: string };

export type ActorUser = { id: string; email: string; name: string; role: string; planId: string };

/** What of an API key decides about the calls made with it. */
export type ActorKey = {
  id: string;
  name: string;
  /** Null: all models that its owner may use. */
  models: readonly string[] | null;
  /** A rolled key and its successor count in one pool. */
  poolId: string;
  /** Own limits beside those of the plan; null: none. */
  limits: CallLimits;
  /** It was used quite unlike before: a few calls a minute until somebody says that all is well. */
  isSlowed: boolean;
};

export type CallLimits = { perMinute: number | null; perHour: number | null; concurrency: number | null };

export type AnonymousActor = { kind: "anonymous"; origin: Origin };
/** A person in a browser. */
export type SessionActor = {
  kind: "session";
  origin: Origin;
  user: ActorUser;
  sessionId: string;
  /** When the person last proved who they are: sensitive actions ask anew after a while. Absent: not at all. */
  provenAt?: Date;
};
/** A person's program that signed in with the password: all that the person may do, as far as the token says. */
export type TokenActor = {
  kind: "token";
  origin: Origin;
  user: ActorUser;
  sessionId: string;
  scopes: readonly Scope[];
  provenAt?: Date;
};
/** A program with an API key, or with a token that was given out for one. */
export type KeyActor = {
  kind: "key";
  origin: Origin;
  user: ActorUser;
  key: ActorKey;
  scopes: readonly Scope[];
};
/** The install itself: first start and the commands of `npm run admin`. */
export type SystemActor = { kind: "system"; origin: Origin };

/** Somebody who signed in: what is about the account itself asks for this type. */
export type PersonActor = SessionActor | TokenActor;
/** Proof of an account behind the request. */
export type UserActor = PersonActor | KeyActor;
export type Actor = AnonymousActor | UserActor | SystemActor;

export const isUser = (actor: Actor): actor is UserActor =>
  actor.kind === "session" || actor.kind === "token" || actor.kind === "key";

export const isPerson = (actor: Actor): actor is PersonActor =>
  actor.kind === "session" || actor.kind === "token";

/** In a browser everything that the role allows; a token or key only what it was given besides. */
export const hasScope = (actor: UserActor, scope: Scope): boolean =>
  actor.kind === "session" ? scopesOfRole(actor.user.role).includes(scope) : actor.scopes.includes(scope);

export const isAdmin = (actor: Actor): boolean =>
  actor.kind === "system" || (isUser(actor) && actor.user.role === "admin" && hasScope(actor, "admin"));

export const systemActor = (command: string): SystemActor => ({
  kind: "system",
  origin: { requestId: command, address: "local", userAgent: "command line" },
});

/** Who made or gave something, as people read it later. */
export const actorName = (actor: Actor): string => (isUser(actor) ? actor.user.email : "this install");

/** A gate in front of administrative reads and writes, whoever calls them. */
export function requireAdmin(actor: Actor): void {
  if (!isAdmin(actor)) throw new AppError("auth.forbidden");
}
