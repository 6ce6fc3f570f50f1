import { compactVerify, SignJWT } from "jose";
import { randomBase62 } from "../core/ids";
import type { Scope } from "../core/scopes";
import { now } from "../infra/clock";
import { env } from "../infra/env";
import { isCanonical, looksLikeToken, readPart } from "./domain";
import type { VerificationKey } from "./known-keys";
import { type AccessClaims, accessClaims, tokenHeader } from "./schema";
import type { SigningKey } from "./signing-keys";

export type { AccessClaims } from "./schema";

type Grant = {
  session: { id: string };
  user: { id: string; role: string };
  scopes: readonly Scope[];
  clientId: string;
  expiresAt: Date;
};

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** An RFC 9068 access token: any service that knows our public keys can verify it. */
export function signAccessToken(grant: Grant, signingKey: SigningKey): Promise<string> {
  const claims: AccessClaims = {
    iss: env().baseUrl,
    sub: grant.user.id,
    aud: env().baseUrl,
    exp: seconds(grant.expiresAt),
    iat: seconds(now()),
    jti: randomBase62(22),
    client_id: grant.clientId,
    sid: grant.session.id,
    role: grant.user.role,
    scope: grant.scopes.join(" "),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: signingKey.algorithm, typ: "at+jwt", kid: signingKey.id })
    .sign(signingKey.privateKey);
}

type FindKey = (kid: string) => VerificationKey | undefined | Promise<VerificationKey | undefined>;

/**
 * The claims of a token that this install signed for itself and that is not over yet; null for everything else,
 * whatever is wrong with it. Only what `findKey` throws comes through: that the database is away is no fault of
 * the token. Whether the session behind it still lives, `findLiveSession` says.
 */
export async function verifyAccessToken(token: string, findKey: FindKey): Promise<AccessClaims | null> {
  if (!looksLikeToken(token)) return null;
  const [head = "", body = "", signature = ""] = token.split(".");
  const header = tokenHeader.safeParse(readPart(head));
  const claims = accessClaims.safeParse(readPart(body));
  if (!header.success || !claims.success || !isCanonical(signature)) return null;
  if (claims.data.iss !== env().baseUrl || claims.data.aud !== env().baseUrl) return null;
  if (claims.data.exp * 1000 <= now().getTime()) return null;
  const found = await findKey(header.data.kid);
  // The key says which algorithm it is for; the token is only compared with that.
  if (!found || found.algorithm !== header.data.alg) return null;
  try {
    await compactVerify(token, found.key, { algorithms: [found.algorithm] });
    return claims.data;
  } catch {
    return null;
  }
}
