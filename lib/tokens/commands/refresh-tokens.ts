import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { type Scope, scopesOfRole } from "../../core/scopes";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { decrypt, encrypt } from "../../infra/secrets";
import { endOneSession, touchSession } from "../../sessions/commands";
import { deviceName, type EndReason } from "../../sessions/domain";
import { findLiveSession, type LiveSession } from "../../sessions/queries";
import { signAccessToken } from "../access-tokens";
import { graceMs, narrowScopes, ownClientId } from "../domain";
import { findRefreshToken, type RefreshToken } from "../queries";
import { currentSigningKey } from "../signing-keys";
import { accessExpiry, drawTokens, keepRefreshToken, type TokenPair } from "./issue-tokens";

/**
 * The next pair for a refresh token, which works once. Who comes second within seconds gets the very same answer
 * (two requests of one program raced); who comes later has a copy that should not exist, and the sign-in ends.
 * `scope` may ask for less in the access token, never for more.
 */
export async function refreshTokens(actor: AnonymousActor, text: string, scope?: string): Promise<TokenPair> {
  const token = await findRefreshToken(text);
  if (!token) throw new AppError("auth.invalid_token");
  if (token.usedAt !== null) return repeatAnswer(actor, token, token.usedAt, scope);
  const session = await findLiveSession(token.sessionId);
  if (!session || token.expiresAt <= now()) throw new AppError("auth.invalid_token");
  const scopes = requireScopes(scope, session);
  const pair = await drawTokens(await currentSigningKey(), session, session.user, scopes);
  if (await takeTurn(token, session, pair)) {
    await touchSession(session);
    return pair;
  }
  const taken = await findRefreshToken(text);
  // Nobody used it: it was the session that ended meanwhile.
  if (!taken?.usedAt) throw new AppError("auth.invalid_token");
  return repeatAnswer(actor, taken, taken.usedAt, scope);
}

function requireScopes(scope: string | undefined, { user }: LiveSession): Scope[] {
  const scopes = narrowScopes(scope, scopesOfRole(user.role));
  if (!scopes) throw new AppError("auth.scope_missing");
  return scopes;
}

/** One conditional UPDATE decides who is first; the answer and the successor are written with it or not at all. */
function takeTurn(token: RefreshToken, session: LiveSession, pair: TokenPair): Promise<boolean> {
  return db().$transaction(async (transaction) => {
    const at = now();
    const claimed = await transaction.refreshToken.updateMany({
      where: { id: token.id, usedAt: null, expiresAt: { gt: at }, session: { endedAt: null } },
      data: { usedAt: at, nextSealed: encrypt("refresh", JSON.stringify(pair)) },
    });
    if (claimed.count !== 1) return false;
    await keepRefreshToken(transaction, session, pair);
    // Answers whose seconds are over go, so that a clock that steps back cannot bring their seconds back.
    await transaction.refreshToken.updateMany({
      where: {
        sessionId: session.id,
        usedAt: { lt: new Date(at.getTime() - graceMs) },
        nextSealed: { not: null },
      },
      data: { nextSealed: null },
    });
    return true;
  });
}

async function repeatAnswer(
  actor: AnonymousActor,
  token: RefreshToken,
  usedAt: Date,
  scope: string | undefined,
): Promise<TokenPair> {
  // Either way: used in the future is what a clock that stepped back makes of used long ago.
  const isRace = Math.abs(now().getTime() - usedAt.getTime()) <= graceMs;
  if (!isRace || token.nextSealed === null) {
    await endReused(actor, token);
    throw new AppError("auth.refresh_reused");
  }
  const session = await findLiveSession(token.sessionId);
  if (!session) throw new AppError("auth.invalid_token");
  return withScopes(unseal(token.nextSealed), session, requireScopes(scope, session));
}

function unseal(sealed: string): TokenPair {
  const pair = JSON.parse(decrypt("refresh", sealed)) as TokenPair;
  return {
    ...pair,
    accessExpiresAt: new Date(pair.accessExpiresAt),
    refreshExpiresAt: new Date(pair.refreshExpiresAt),
  };
}

/** Who raced and asked for other scopes than the winner gets an access token of its own beside the same secret. */
async function withScopes(pair: TokenPair, session: LiveSession, scopes: Scope[]): Promise<TokenPair> {
  if (pair.scopes.join(" ") === scopes.join(" ")) return pair;
  const accessExpiresAt = accessExpiry(session.expiresAt);
  const grant = { session, user: session.user, scopes, clientId: ownClientId, expiresAt: accessExpiresAt };
  return {
    ...pair,
    accessToken: await signAccessToken(grant, await currentSigningKey()),
    accessExpiresAt,
    scopes,
  };
}

/** Committed although the request is refused: all tokens of the family die with their session. */
async function endReused(actor: AnonymousActor, { sessionId }: RefreshToken): Promise<void> {
  const reason: EndReason = "token_reused";
  await audited(actor, async (transaction, record) => {
    const session = await endOneSession(transaction, sessionId, reason);
    if (!session) return;
    record({
      action: "token.reuse_detected",
      object: { type: "session", id: sessionId, label: deviceName(session.userAgent) },
      detail: { reason, user_id: session.userId },
    });
  });
}
