import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Actor, ActorUser, AnonymousActor, Origin } from "../core/actor";
import { AppError, type ErrorCode } from "../core/errors";
import { readScopes, type Scope, scopesWithin } from "../core/scopes";
import { cookieSecrets } from "../infra/secrets";
import { notePlace } from "../keys/commands/note-place";
import { touchKey } from "../keys/commands/touch-key";
import { actorKeyOf, readWords } from "../keys/domain";
import { findLiveKey, type LiveKey } from "../keys/queries";
import { touchSession } from "../sessions/commands";
import { provenAtOf } from "../sessions/domain";
import { findLiveSession, type LiveSession } from "../sessions/queries";
import { signInBehindProxy } from "../sign-in/commands/sign-in-behind-proxy";
import { type AccessClaims, verifyAccessToken } from "../tokens/access-tokens";
import { findVerificationKey } from "../tokens/signing-keys";
import { sessionCookie } from "./cookies";
import {
  actorFrom,
  countChanges,
  findVerified,
  forgetFamiliar,
  rememberVerified,
  type Verified,
} from "./credential-cache";
import { type Credential, cookieCredential, credentialOf, fingerprintOf } from "./credentials";
import { followChanges } from "./follow-changes";
import { readProxied } from "./proxy-identity";
import { originOf } from "./request-context";
import { noteBadCredential } from "./strangers";

/**
 * The one place where a request becomes an actor. What was verified lately is taken from memory, which forgets it
 * when anything about it changes: at once in this process, within a second in every other.
 */
export function authenticate(headers: Headers, origin: Origin = originOf(headers)): Actor | Promise<Actor> {
  const credential = credentialOf(headers);
  if (!credential) return { kind: "anonymous", origin };
  const following = followChanges();
  if (following) return following.then(() => authenticate(headers, origin));
  return credential.kind === "proxied"
    ? besideCookie(credential, cookieCredential(headers), origin)
    : actorOf(credential, origin);
}

function actorOf(credential: Credential, origin: Origin): Actor | Promise<Actor> {
  const known = findVerified(fingerprintOf(credential));
  return known ? actorAt(known, origin) : lookUp(credential, origin);
}

/**
 * A cookie of the person whom the web server in front names decides: behind it is a sign-in of their own, with the
 * second factor that such a server does not ask for. One of anybody else is left from who sat here before, and is
 * passed over. It is not ended: a mistake in that server's set-up should sign nobody out.
 */
async function besideCookie(proxied: Credential, cookie: Credential | null, origin: Origin): Promise<Actor> {
  const own = cookie && (await findCookie(cookie));
  const isSamePerson = own?.actor.user.email === readProxied(proxied.text).email;
  return own && isSamePerson ? actorAt(own, origin) : actorOf(proxied, origin);
}

/** Without counting one that is over against its address: it is not what the request stands on. */
async function findCookie(cookie: Credential): Promise<Verified | null> {
  const fingerprint = fingerprintOf(cookie);
  const known = findVerified(fingerprint);
  if (known) return known;
  const changesBefore = countChanges();
  const verified = await verifyCookie(cookie.text);
  if (verified) rememberVerified(fingerprint, verified, changesBefore);
  return verified;
}

/** Where a key is used from is noted for every call: it may be stolen while its owner uses it, too. */
function actorAt(verified: Verified, origin: Origin): Actor {
  const actor = actorFrom(verified, origin);
  if (actor.kind === "key") notePlace(actor.key.id, origin.address);
  return actor;
}

/** Refusals of somebody who is known; they are no guesses. */
const knownAfterAll: readonly ErrorCode[] = ["key.address_not_allowed", "auth.proxy_second_factor"];

async function lookUp(credential: Credential, origin: Origin): Promise<Actor> {
  const fingerprint = fingerprintOf(credential);
  const changesBefore = countChanges();
  const refuse = () => {
    noteBadCredential(origin);
    forgetFamiliar(fingerprint);
  };
  const verified = await verify(credential, origin).catch((error: unknown) => {
    if (error instanceof AppError && !knownAfterAll.includes(error.code)) refuse();
    throw error;
  });
  // A cookie that means nothing any more is what every browser has after its session: no error, nobody.
  if (!verified) {
    refuse();
    return { kind: "anonymous", origin };
  }
  rememberVerified(fingerprint, verified, changesBefore);
  return actorAt(verified, origin);
}

async function verify({ kind, text }: Credential, origin: Origin): Promise<Verified | null> {
  if (kind === "cookie") return verifyCookie(text);
  if (kind === "proxied") return verifyProxied(text, origin);
  if (kind === "key") return verifyKey(text, origin);
  if (kind === "token") return verifyToken(text, origin);
  throw new AppError("auth.invalid_token");
}

const cookieClaims = z.object({ sid: z.string() });

/** The session id in a cookie that we sealed; null for anything else. The row behind it decides. */
export async function sessionIdOf(token: string): Promise<string | null> {
  try {
    const claims = cookieClaims.safeParse(
      await decode({ token, secret: cookieSecrets(), salt: sessionCookie() }),
    );
    return claims.success ? claims.data.sid : null;
  } catch {
    return null;
  }
}

async function verifyCookie(token: string): Promise<Verified | null> {
  const id = await sessionIdOf(token);
  const session = id === null ? null : await findLiveSession(id);
  if (session?.kind !== "browser") return null;
  await touchSession(session);
  return {
    actor: {
      kind: "session",
      sessionId: session.id,
      user: actorUserOf(session.user),
      provenAt: provenAtOf(session),
    },
    subjects: [session.id, session.userId],
    expiresAt: session.expiresAt,
    ranges: null,
  };
}

/** Kept in memory like the others; when its row is over, the next request starts another. */
async function verifyProxied(text: string, origin: Origin): Promise<Verified> {
  const asker: AnonymousActor = { kind: "anonymous", origin };
  const { user, session, provenAt } = await signInBehindProxy(asker, readProxied(text));
  await touchSession(session);
  return {
    actor: {
      kind: "session",
      sessionId: session.id,
      user: actorUserOf(user),
      ...(provenAt ? { provenAt } : {}),
    },
    subjects: [session.id, user.id],
    expiresAt: null,
    ranges: null,
  };
}

async function verifyKey(text: string, origin: Origin): Promise<Verified> {
  const key = await findLiveKey(text, origin.address);
  await touchKey(key, origin.address);
  return {
    actor: keyActorOf(key, readScopes(key.scopes)),
    subjects: [key.id, key.userId],
    expiresAt: key.expiresAt,
    ranges: readWords(key.cidrs),
  };
}

async function verifyToken(text: string, origin: Origin): Promise<Verified> {
  const claims = await verifyAccessToken(text, findVerificationKey);
  const session = claims && (await findLiveSession(claims.sid));
  if (!session || (session.kind !== "api" && session.kind !== "key"))
    throw new AppError("auth.invalid_token");
  await touchSession(session);
  const expiresAt = new Date(claims.exp * 1000);
  const subjects = [session.id, session.userId];
  if (session.key === null) return { actor: personActor(session, claims), subjects, expiresAt, ranges: null };
  const key = { ...session.key, user: session.user };
  await touchKey(key, origin.address);
  const granted = readScopes(key.scopes);
  return {
    actor: keyActorOf(
      key,
      readScopes(claims.scope).filter((scope) => granted.includes(scope)),
    ),
    subjects: [...subjects, key.id],
    // The key may have been given an earlier end after its token was.
    expiresAt: key.expiresAt && key.expiresAt < expiresAt ? key.expiresAt : expiresAt,
    ranges: readWords(key.cidrs),
  };
}

/** The token says at most what it was given for; what the role allows by now bounds it. */
const personActor = (session: LiveSession, claims: AccessClaims): Verified["actor"] => ({
  kind: "token",
  sessionId: session.id,
  user: actorUserOf(session.user),
  scopes: scopesWithin(session.user.role, readScopes(claims.scope)),
  provenAt: provenAtOf(session),
});

const keyActorOf = (key: LiveKey, scopes: readonly Scope[]): Verified["actor"] => ({
  kind: "key",
  user: actorUserOf(key.user),
  key: actorKeyOf(key),
  scopes: scopesWithin(key.user.role, scopes),
});

const actorUserOf = ({ id, email, name, role, planId }: ActorUser): ActorUser => ({
  id,
  email,
  name,
  role,
  planId,
});
