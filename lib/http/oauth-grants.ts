import type { AnonymousActor } from "../core/actor";
import type { LiveKey } from "../keys/queries";
import { exchangeKey } from "../tokens/commands/exchange-key";
import { refreshTokens } from "../tokens/commands/refresh-tokens";
import { OAuthError, requireParameter } from "./oauth-errors";

type TokenRequest = {
  grant_type?: string | undefined;
  refresh_token?: string | undefined;
  scope?: string | undefined;
};

/** The grants of the token endpoint. A password is none of them (RFC 9700, 2.4): programs use /api/auth/login. */
export async function grantTokens(actor: AnonymousActor, client: LiveKey | null, form: TokenRequest) {
  const grant = requireParameter("grant_type", form.grant_type);
  if (grant === "client_credentials") return grantToKey(actor, client, form.scope);
  if (grant === "refresh_token") return grantNext(actor, client, form);
  throw new OAuthError("unsupported_grant_type", "The grants here are refresh_token and client_credentials.");
}

function grantToKey(actor: AnonymousActor, client: LiveKey | null, scope: string | undefined) {
  if (client) return exchangeKey(actor, client, scope);
  throw new OAuthError(
    "invalid_client",
    "Send the id of an API key as client id and the key itself as client secret.",
    401,
  );
}

function grantNext(actor: AnonymousActor, client: LiveKey | null, form: TokenRequest) {
  const token = requireParameter("refresh_token", form.refresh_token);
  if (client) throw new OAuthError("invalid_grant", "This refresh token was given to another client.");
  return refreshTokens(actor, token, form.scope);
}
