import { encode } from "next-auth/jwt";
import { inject } from "vitest";
import type { AnonymousActor, SessionActor } from "../core/actor";
import { newId, randomBase62 } from "../core/ids";
import { never } from "../core/time";
import { jwtSecondsMax, sessionCookie } from "../http/cookies";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { secret } from "../infra/secrets";
import { startSession } from "../sessions/commands";
import { defaultSettings, sessionAbsoluteMs } from "../settings/schema";
import { searchTextOf } from "../users/domain";
import type { User } from "../users/queries";
import { rememberSecret } from "./leaks";

type NewUser = Partial<
  Pick<User, "email" | "name" | "role" | "planId" | "passwordHash" | "disabledAt" | "deletedAt" | "createdAt">
>;

/** An active member; whatever matters to the test is given. */
export async function makeUser(given: NewUser = {}): Promise<User> {
  const at = given.createdAt ?? now();
  const id = newId("usr");
  const email = given.email ?? `${randomBase62(12).toLowerCase()}@example.org`;
  const name = given.name ?? "Some Body";
  return db().user.create({
    data: {
      role: "member",
      planId: "free",
      passwordHash: inject("template").passwordHash,
      passwordChangedAt: at,
      lastSeenAt: never,
      createdAt: at,
      updatedAt: at,
      ...given,
      id,
      email,
      name,
      searchText: searchTextOf(name, email),
    },
  });
}

export const makeAdmin = (given: NewUser = {}): Promise<User> =>
  makeUser({ role: "admin", planId: "owner", ...given });

export const testOrigin = (address = "192.0.2.1") => ({
  requestId: newId("req"),
  address,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
});

export const anonymousFrom = (address?: string): AnonymousActor => ({
  kind: "anonymous",
  origin: testOrigin(address),
});

export type SignedIn = { user: User; sessionId: string; cookie: string; actor: SessionActor };

/** The cookie header that sealing this session id gives, the way NextAuth does it at sign-in. */
export async function cookieFor(claims: Record<string, unknown>, salt = sessionCookie()): Promise<string> {
  const token = await encode({ token: claims, secret: secret("cookie"), salt, maxAge: jwtSecondsMax });
  rememberSecret(token);
  return `${sessionCookie()}=${token}`;
}

/** A real session row and the cookie that names it. */
export async function signedIn(
  user: User,
  lifetimeMs = sessionAbsoluteMs(defaultSettings),
): Promise<SignedIn> {
  const origin = testOrigin();
  const session = await startSession(db(), user.id, origin, lifetimeMs);
  return {
    user,
    sessionId: session.id,
    cookie: await cookieFor({ sub: user.id, sid: session.id }),
    actor: { kind: "session", origin, sessionId: session.id, user },
  };
}
