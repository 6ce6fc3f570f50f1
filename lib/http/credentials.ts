import { hash } from "node:crypto";
import { AppError } from "../core/errors";
import { isWellFormedKey } from "../keys/domain";
import { knownSettings } from "../settings/known";
import { looksLikeToken } from "../tokens/domain";
import { readCookie, sessionCookie } from "./cookies";
import { isOwnHost, proxiedHeader } from "./host";

/**
 * What a request shows of itself. `garbage` is neither a key with a right checksum nor a token by its shape, so
 * there is nothing to look up.
 */
export type Credential = { kind: "cookie" | "key" | "token" | "proxied" | "garbage"; text: string };

/** The gate and then the handler look at the same headers: what was found there is kept beside them. */
const found = new WeakMap<Headers, Credential | null>();

/**
 * A header decides over a web server in front that names somebody, and that over a cookie: see `authenticate.ts`.
 * Throws when two different headers were sent.
 */
export function credentialOf(headers: Headers): Credential | null {
  let credential = found.get(headers);
  if (credential === undefined) {
    credential = headerCredential(headers) ?? proxiedCredential(headers) ?? cookieCredential(headers);
    found.set(headers, credential);
  }
  return credential;
}

/** Throws when two different ones are sent: which of them was meant is not for us to guess. */
export function headerCredential(headers: Headers): Credential | null {
  const authorization = headers.get("authorization");
  const key = headers.get("x-api-key");
  const bearer = authorization === null ? null : (/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "");
  if (bearer !== null && key !== null && bearer !== key) throw new AppError("request.two_credentials");
  const text = bearer ?? key;
  if (text === null) return null;
  if (isWellFormedKey(text)) return { kind: "key", text };
  // A token belongs into Authorization: the other header is for keys.
  return { kind: bearer !== null && looksLikeToken(text) ? "token" : "garbage", text };
}

/** Set by our own host alone, which removes it from whatever a client sends; under others it means nothing. */
export function proxiedCredential(headers: Headers): Credential | null {
  const text = isOwnHost() ? headers.get(proxiedHeader) : null;
  return text === null ? null : { kind: "proxied", text };
}

export function cookieCredential(headers: Headers): Credential | null {
  const text = readCookie(headers, sessionCookie());
  return text === undefined ? null : { kind: "cookie", text };
}

/** Whom a web server in front may name: a change of these settings counts at once, not when memory is old. */
function proxyRules(): string {
  const { proxy_unknown_users, proxy_asks_second_factor, second_factor_admins, second_factor_members } =
    knownSettings();
  return `${[proxy_unknown_users, proxy_asks_second_factor, second_factor_admins, second_factor_members]}`;
}

const fingerprints = new WeakMap<Credential, string>();

/** What memory knows a credential by: never the secret itself, always the whole of it. */
export function fingerprintOf(credential: Credential): string {
  let fingerprint = fingerprints.get(credential);
  if (fingerprint === undefined) {
    const rules = credential.kind === "proxied" ? proxyRules() : "";
    fingerprint = hash("sha256", `${credential.kind} ${credential.text}${rules}`, "base64");
    fingerprints.set(credential, fingerprint);
  }
  return fingerprint;
}
