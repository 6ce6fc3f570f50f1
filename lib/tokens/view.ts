import type { z } from "zod";
import { scopes } from "../core/scopes";
import { orNull, secondMs } from "../core/time";
import type * as shapes from "./schema";

type Access = { accessToken: string; accessExpiresAt: Date; scopes: readonly string[] };
type Pair = Access & { refreshToken: string; refreshExpiresAt: Date };
type User = { id: string; email: string; name: string; role: string; planId: string };

const secondsLeft = (expiresAt: Date, at: Date): number =>
  Math.max(0, Math.floor((expiresAt.getTime() - at.getTime()) / secondMs));
const unixSeconds = (date: Date): number => Math.floor(date.getTime() / secondMs);

export const tokenPairView = (pair: Pair, at: Date): z.infer<typeof shapes.tokenPairView> => ({
  access_token: pair.accessToken,
  token_type: "Bearer",
  expires_in: secondsLeft(pair.accessExpiresAt, at),
  refresh_token: pair.refreshToken,
  refresh_expires_in: secondsLeft(pair.refreshExpiresAt, at),
});

export const loginView = (pair: Pair, user: User, at: Date): z.infer<typeof shapes.loginView> => ({
  ...tokenPairView(pair, at),
  user: { id: user.id, email: user.email, name: user.name, role: user.role, plan: user.planId },
});

/** As RFC 6749 has it. */
export const tokenAnswerView = (
  grant: Access & { refreshToken?: string },
  at: Date,
): z.infer<typeof shapes.tokenAnswerView> => ({
  access_token: grant.accessToken,
  token_type: "Bearer",
  expires_in: secondsLeft(grant.accessExpiresAt, at),
  scope: grant.scopes.join(" "),
  ...(grant.refreshToken === undefined ? {} : { refresh_token: grant.refreshToken }),
});

type SigningKey = {
  id: string;
  algorithm: string;
  createdAt: Date;
  retiredAt: Date | null;
  expiresAt: Date | null;
};

export const signingKeyView = (key: SigningKey): z.infer<typeof shapes.signingKeyView> => ({
  id: key.id,
  algorithm: key.algorithm,
  created_at: key.createdAt.toISOString(),
  retired_at: orNull(key.retiredAt),
  expires_at: orNull(key.expiresAt),
  is_current: key.retiredAt === null,
});

/** What is known about a token that counts. */
export type TokenFacts = {
  kind: "access" | "refresh";
  userId: string;
  email: string;
  clientId: string;
  scope: string;
  issuer: string;
  issuedAt: Date;
  expiresAt: Date;
  tokenId: string;
};

/** As RFC 7662 has it; about any other token nothing is said but that it does not count. */
export const introspectionView = (facts: TokenFacts | null): z.infer<typeof shapes.introspectionView> =>
  facts === null
    ? { active: false }
    : {
        active: true,
        scope: facts.scope,
        client_id: facts.clientId,
        username: facts.email,
        ...(facts.kind === "access" ? { token_type: "Bearer" } : {}),
        exp: unixSeconds(facts.expiresAt),
        iat: unixSeconds(facts.issuedAt),
        sub: facts.userId,
        aud: facts.issuer,
        iss: facts.issuer,
        jti: facts.tokenId,
      };

/** As RFC 8414 has it. There is no page to authorise at, hence no response types. */
export const serverMetadataView = (issuer: string): z.infer<typeof shapes.serverMetadataView> => {
  const withSecret = ["client_secret_basic", "client_secret_post"];
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: [...scopes],
    response_types_supported: [],
    grant_types_supported: ["refresh_token", "client_credentials"],
    token_endpoint_auth_methods_supported: [...withSecret, "none"],
    revocation_endpoint_auth_methods_supported: [...withSecret, "none"],
    introspection_endpoint_auth_methods_supported: [...withSecret, "Bearer"],
  };
};
