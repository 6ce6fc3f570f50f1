import { newId, newSecret } from "../../core/ids";
import { type Scope, scopesOfRole } from "../../core/scopes";
import { now } from "../../infra/clock";
import type { Database } from "../../infra/db/client";
import { env } from "../../infra/env";
import { digest } from "../../infra/secrets";
import { signAccessToken } from "../access-tokens";
import { ownClientId } from "../domain";
import type { SigningKey } from "../signing-keys";

type Session = { id: string; expiresAt: Date };
type User = { id: string; role: string };

/** What a program gets that signed in: the one that opens doors, and the one-time secret for the next pair. */
export type TokenPair = {
  accessToken: string;
  accessExpiresAt: Date;
  scopes: Scope[];
  refreshToken: string;
  refreshExpiresAt: Date;
};

/** No access token outlives the session it belongs to. */
export const accessExpiry = (sessionExpiresAt: Date): Date =>
  new Date(Math.min(now().getTime() + env().accessTokenMs, sessionExpiresAt.getTime()));

/** Made, not yet stored: until `keepRefreshToken` the second one opens nothing. */
export async function drawTokens(
  signingKey: SigningKey,
  session: Session,
  user: User,
  scopes: readonly Scope[] = scopesOfRole(user.role),
): Promise<TokenPair> {
  const expiresAt = accessExpiry(session.expiresAt);
  const grant = { session, user, scopes, clientId: ownClientId, expiresAt };
  return {
    accessToken: await signAccessToken(grant, signingKey),
    accessExpiresAt: expiresAt,
    scopes: [...scopes],
    refreshToken: `art_${newSecret()}`,
    refreshExpiresAt: session.expiresAt,
  };
}

export const keepRefreshToken = (database: Database, session: Session, pair: TokenPair) =>
  database.refreshToken.create({
    data: {
      id: newId("rft"),
      sessionId: session.id,
      digest: digest("refresh", pair.refreshToken),
      createdAt: now(),
      expiresAt: pair.refreshExpiresAt,
    },
  });

/** The first pair of a session. */
export async function issueTokens(
  database: Database,
  signingKey: SigningKey,
  session: Session,
  user: User,
): Promise<TokenPair> {
  const pair = await drawTokens(signingKey, session, user);
  await keepRefreshToken(database, session, pair);
  return pair;
}
