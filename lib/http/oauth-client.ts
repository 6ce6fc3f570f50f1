import { type Actor, isAdmin, isUser, type Origin } from "../core/actor";
import { AppError, errorTable } from "../core/errors";
import { readScopes } from "../core/scopes";
import { touchKey } from "../keys/commands/touch-key";
import { findLiveKey, type LiveKey } from "../keys/queries";
import { ownClientId } from "../tokens/domain";
import type { Asker } from "../tokens/queries";
import { authenticate } from "./authenticate";
import { forgetFamiliar, noteFamiliar } from "./credential-cache";
import { fingerprintOf } from "./credentials";
import { proxiedHeader } from "./host";
import { OAuthError } from "./oauth-errors";
import { noteBadCredential } from "./strangers";

type Secret = { id: string; secret: string; isBasic: boolean };
type Parameters = { client_id?: string | undefined; client_secret?: string | undefined };

const isBasic = (headers: Headers): boolean => /^basic\b/i.test(headers.get("authorization") ?? "");

const invalidClient = (byBasic: boolean): OAuthError =>
  new OAuthError(
    "invalid_client",
    "The client is not known, or its secret is wrong. The client id is the id of an API key, the secret is the key itself.",
    401,
    byBasic ? { "www-authenticate": 'Basic realm="adyton", charset="UTF-8"' } : {},
  );

/** The API key that a client shows itself with (RFC 6749, 2.3.1); null for people's own programs, which have none. */
export async function clientOf(headers: Headers, form: Parameters, origin: Origin): Promise<LiveKey | null> {
  const shown = basicSecret(headers, form) ?? formSecret(form);
  if (!shown) {
    if (form.client_id === undefined || form.client_id === ownClientId) return null;
    throw invalidClient(false);
  }
  const fingerprint = fingerprintOf({ kind: "key", text: shown.secret });
  try {
    const key = await findLiveKey(shown.secret, origin.address);
    if (key.id !== shown.id) throw new AppError("auth.invalid_token");
    await touchKey(key, origin.address);
    noteFamiliar(fingerprint);
    return key;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    noteBadCredential(origin);
    forgetFamiliar(fingerprint);
    throw invalidClient(shown.isBasic);
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && ["unauthenticated", "forbidden"].includes(errorTable[error.code].kind);

/** Both halves were form-encoded before they were joined and encoded as a whole. */
function basicSecret(headers: Headers, form: Parameters): Secret | null {
  if (!isBasic(headers)) return null;
  if (form.client_secret !== undefined)
    throw new OAuthError("invalid_request", "Send the client secret in one way only.");
  const encoded = /^basic +([\w+/-]+=*)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  try {
    return { id: formDecoded(id ?? ""), secret: formDecoded(secret ?? ""), isBasic: true };
  } catch {
    throw invalidClient(true);
  }
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

const formSecret = ({ client_id: id, client_secret: secret }: Parameters): Secret | null =>
  secret === undefined ? null : { id: id ?? "", secret, isBasic: false };

/** Who asks about a token: a client with its key, or whoever shows a token or key in a header. Cookies do not count. */
export async function askerOf(client: LiveKey | null, headers: Headers, origin: Origin): Promise<Asker> {
  if (client) {
    const mayAdminister = readScopes(client.scopes).includes("admin");
    return { userId: client.userId, isAdmin: mayAdminister && client.user.role === "admin" };
  }
  const shown = new Headers(headers);
  shown.delete("cookie");
  shown.delete(proxiedHeader);
  let actor: Actor;
  try {
    actor = await authenticate(shown, origin);
  } catch (error) {
    if (isRefusal(error)) throw unknownAsker(', error="invalid_token"');
    throw error;
  }
  if (!isUser(actor)) throw unknownAsker("");
  return { userId: actor.user.id, isAdmin: isAdmin(actor) };
}

const unknownAsker = (reason: string): OAuthError =>
  new OAuthError(
    reason === "" ? "invalid_client" : "invalid_token",
    "Show an API key or an access token to ask about tokens.",
    401,
    { "www-authenticate": `Bearer realm="adyton"${reason}` },
  );
