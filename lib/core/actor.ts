import { AppError } from "./errors";

/** Where a request came from; goes into every audit row. */
export type Origin = { requestId: string; address: string; userAgent: string };

export type ActorUser = { id: string; email: string; name: string; role: string; planId: string };

export type AnonymousActor = { kind: "anonymous"; origin: Origin };
export type SessionActor = { kind: "session"; origin: Origin; user: ActorUser; sessionId: string };
/** The install itself: first start and the commands of `npm run admin`. */
export type SystemActor = { kind: "system"; origin: Origin };

export type Actor = AnonymousActor | SessionActor | SystemActor;
/** Proof that somebody is signed in: functions that need a person ask for this type. */
export type UserActor = SessionActor;

export const isAdmin = (actor: Actor): boolean =>
  actor.kind === "system" || (actor.kind === "session" && actor.user.role === "admin");

export const systemActor = (command: string): SystemActor => ({
  kind: "system",
  origin: { requestId: command, address: "local", userAgent: "command line" },
});

/** A gate in front of administrative reads and writes, whoever calls them. */
export function requireAdmin(actor: Actor): void {
  if (!isAdmin(actor)) throw new AppError("auth.forbidden");
}
