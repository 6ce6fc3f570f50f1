import { type Actor, requireAdmin } from "../core/actor";
import { scopesOfRole } from "../core/scopes";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { digestCandidates } from "../infra/secrets";
import { findLiveSession } from "../sessions/queries";
import { verifyAccessToken } from "./access-tokens";
import { looksLikeRefreshToken, ownClientId } from "./domain";
import { findVerificationKey } from "./signing-keys";
import type { TokenFacts } from "./view";

/** The row behind a refresh token, used or not; what does not look like one is not looked up. */
export const findRefreshToken = (text: string) =>
  looksLikeRefreshToken(text)
    ? db().refreshToken.findFirst({ where: { digest: { in: digestCandidates("refresh", text) } } })
    : Promise.resolve(null);

export type RefreshToken = NonNullable<Awaited<ReturnType<typeof findRefreshToken>>>;

/** Who asks about a token: people and keys see those of their own account, administrators all. */
export type Asker = { userId: string; isAdmin: boolean };

/** What a token is good for right now; null when for nothing, or when it is none of the asker's business. */
export async function introspectToken(asker: Asker, text: string): Promise<TokenFacts | null> {
  const facts = (await refreshFacts(text)) ?? (await accessFacts(text));
  return facts && (asker.isAdmin || facts.userId === asker.userId) ? facts : null;
}

async function accessFacts(text: string): Promise<TokenFacts | null> {
  const claims = await verifyAccessToken(text, findVerificationKey);
  const session = claims && (await findLiveSession(claims.sid));
  if (!session) return null;
  return {
    kind: "access",
    userId: session.userId,
    email: session.user.email,
    clientId: claims.client_id,
    scope: claims.scope,
    issuer: claims.iss,
    issuedAt: new Date(claims.iat * 1000),
    expiresAt: new Date(claims.exp * 1000),
    tokenId: claims.jti,
  };
}

async function refreshFacts(text: string): Promise<TokenFacts | null> {
  const token = await findRefreshToken(text);
  if (!token || token.usedAt !== null || token.expiresAt <= now()) return null;
  const session = await findLiveSession(token.sessionId);
  if (!session) return null;
  return {
    kind: "refresh",
    userId: session.userId,
    email: session.user.email,
    clientId: ownClientId,
    scope: scopesOfRole(session.user.role).join(" "),
    issuer: env().baseUrl,
    issuedAt: token.createdAt,
    expiresAt: token.expiresAt,
    tokenId: token.id,
  };
}

/** Few at any time: one more with each rotation. */
export async function listSigningKeys(actor: Actor) {
  requireAdmin(actor);
  return db().signingKey.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 100 });
}
