import type { IncomingMessage } from "node:http";
import { AppError } from "../core/errors";
import { emailAddress, plainText } from "../core/text";
import type { ProxyAuth } from "../infra/proxy-auth";
import { isSame } from "../infra/secrets";

/** With it the web server proves that it is the one that may say who somebody is. */
export const proxySecretHeader = "x-adyton-proxy-secret";

export type ProxyIdentity = { email: string; name: string };

/** Some servers and languages take `X_Forwarded.User` for the same name, so here they are the same. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "-");

/** Two people in one value, or a value that goes on in another header. */
const listSigns = /[,;"<>\\]/;
const unwritable = /[^\x20-\x7e]/;
const nameLengthMax = 100;

/**
 * Whom the web server in front names; null when it names nobody. Called only for connections of TRUSTED_PROXIES:
 * what such a server passes on of a client's making looks like its own, so everything that is not said once,
 * plainly and with the secret is refused as a whole. Reads the raw headers, because the parsed ones have joined
 * or dropped what was sent twice.
 */
export function readProxyIdentity(rawHeaders: readonly string[], auth: ProxyAuth): ProxyIdentity | null {
  const { userHeader, emailHeader, nameHeader } = auth;
  const wanted = [userHeader, emailHeader, nameHeader].filter((name) => name !== undefined);
  const found = collect(rawHeaders, [...wanted, proxySecretHeader]);
  const said = wanted.filter((name) => found.has(name));
  if (said.length === 0 && !found.has(proxySecretHeader)) return null;
  if (!isSame(found.get(proxySecretHeader) ?? "", auth.secret))
    throw refused("the secret is missing or wrong");
  if (said.length === 0) return null;
  const user = identifier(found.get(userHeader), userHeader);
  const stated = emailHeader !== undefined && found.has(emailHeader);
  const email = stated ? identifier(found.get(emailHeader), emailHeader) : undefined;
  // A user name alone names nobody here: accounts are known by their e-mail address.
  const address = emailAddress.safeParse(user.includes("@") ? user : email);
  if (!address.success) throw refused("neither the user nor the e-mail header holds an e-mail address");
  const given = nameHeader === undefined ? undefined : found.get(nameHeader);
  return { email: address.data, name: readName(given) ?? address.data.split("@", 1)[0] ?? address.data };
}

/** The value of each wanted header that was sent; throws when one came twice, or in another spelling. */
function collect(rawHeaders: readonly string[], wanted: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [sent = "", value = ""] = rawHeaders.slice(index, index + 2);
    const name = sent.toLowerCase();
    if (name === "connection" && value.split(",").some((option) => wanted.includes(folded(option.trim()))))
      throw refused("Connection asks for one of the headers to be dropped");
    const meant = wanted.find((header) => header === folded(sent));
    if (meant === undefined) continue;
    if (name !== meant) throw refused(`${meant} was spelled in another way`);
    if (found.has(meant)) throw refused(`${meant} was sent twice`);
    found.set(meant, value);
  }
  return found;
}

function identifier(value: string | undefined, header: string): string {
  if (value === undefined || value.trim() === "") throw refused(`${header} is missing or empty`);
  if (unwritable.test(value) || listSigns.test(value))
    throw refused(`${header} holds more than one plain value`);
  return value;
}

/** Node reads headers as Latin-1; servers send names as UTF-8. */
function readName(value: string | undefined): string | null {
  if (value === undefined || value.trim() === "") return null;
  const text = Buffer.from(value, "latin1").toString("utf8").trim().slice(0, nameLengthMax);
  return plainText(nameLengthMax).safeParse(text).success && !text.includes("\ufffd") ? text : null;
}

/** The reason is for the log of the install's owner; the caller, who may be trying, is told the one sentence. */
const refused = (reason: string): AppError => new AppError("auth.proxy_refused", { cause: reason });

/**
 * As with a Lax cookie: what a page of another site loads by itself comes without who somebody is. Changes keep
 * it, so that they are refused as cross-site and not as not signed in.
 */
export function isLoadedElsewhere({ method, headers }: IncomingMessage): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return isRead && headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
}

/** Whoever sent them, nothing further in reads them. */
export function removeProxyHeaders(request: IncomingMessage, auth: ProxyAuth): void {
  for (const name of [auth.userHeader, auth.emailHeader, auth.nameHeader])
    if (name !== undefined) delete request.headers[name];
}

export const proxiedText = ({ email, name }: ProxyIdentity): string =>
  Buffer.from(JSON.stringify([email, name])).toString("base64url");

export function readProxied(text: string): ProxyIdentity {
  const [email, name] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as [string, string];
  return { email, name };
}
