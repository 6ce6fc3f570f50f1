import { z } from "zod";

export const tokenAlgorithms = ["EdDSA", "ES256"] as const;
export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** The header of our tokens has exactly these members; any other (`jwk`, `jku`, `x5c`, `crit`, `b64`) is not ours. */
export const tokenHeader = z.strictObject({
  alg: z.enum(tokenAlgorithms),
  typ: z.literal("at+jwt"),
  kid: z.string().regex(/^sgk_[0-9A-Za-z]{20}$/),
});

/** RFC 9068, and `sid`: the session row that decides whether the token still counts. */
export const accessClaims = z.strictObject({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.string(),
  exp: z.number().int().positive(),
  iat: z.number().int().positive(),
  jti: z.string().min(1),
  client_id: z.string().min(1),
  sid: z.string().min(1),
  role: z.string().min(1),
  scope: z.string(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

/** Longer than any of ours: whatever is pasted here by mistake is told that it is not one. */
export const refreshBody = z.strictObject({ refresh_token: z.string().max(8_000) });

const pair = {
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int(),
  refresh_token: z.string(),
  refresh_expires_in: z.number().int(),
};
export const tokenPairView = z.strictObject(pair);
export const loginView = z.strictObject({
  ...pair,
  user: z.strictObject({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    plan: z.string(),
  }),
});

export const signingKeyView = z.strictObject({
  id: z.string(),
  algorithm: z.string(),
  created_at: z.string(),
  retired_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  is_current: z.boolean(),
});
/** One page holds them all. */
export const signingKeyListView = z.strictObject({ items: z.array(signingKeyView), next_cursor: z.null() });

/** A parameter of a form that was left empty counts as absent (RFC 6749, 3.2). */
const parameter = z
  .string()
  .max(8_000)
  .transform((text) => text || undefined)
  .optional();
const client = { client_id: parameter, client_secret: parameter };

export const tokenForm = z.object({
  ...client,
  grant_type: parameter,
  refresh_token: parameter,
  scope: parameter,
});
/** Whatever `token_type_hint` says, both kinds are looked at. */
export const oneTokenForm = z.object({ ...client, token: parameter, token_type_hint: parameter });

export const tokenAnswerView = z.strictObject({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int(),
  scope: z.string(),
  refresh_token: z.string().optional(),
});

export const introspectionView = z.strictObject({
  active: z.boolean(),
  scope: z.string().optional(),
  client_id: z.string().optional(),
  username: z.string().optional(),
  token_type: z.string().optional(),
  exp: z.number().int().optional(),
  iat: z.number().int().optional(),
  sub: z.string().optional(),
  aud: z.string().optional(),
  iss: z.string().optional(),
  jti: z.string().optional(),
});

export const publicKeysView = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.string(),
      crv: z.string(),
      x: z.string(),
      y: z.string().optional(),
      kid: z.string(),
      alg: z.string(),
      use: z.literal("sig"),
    }),
  ),
});

export const serverMetadataView = z.strictObject({
  issuer: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string(),
  introspection_endpoint: z.string(),
  jwks_uri: z.string(),
  scopes_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
  introspection_endpoint_auth_methods_supported: z.array(z.string()),
});
