import { hash } from "node:crypto";
import { cookieSecrets, isSame } from "../infra/secrets";
import { csrfCookie, readCookie } from "./cookies";

const markOf = (token: string, secret: string): string => hash("sha256", `${token}${secret}`);

/**
 * NextAuth knows one secret only when it looks at its CSRF cookie. Whoever had the sign-in form open while the secret
 * was rotated has a cookie of the one before: it is handed on as the current one would have made it.
 */
export function withCurrentCsrf(headers: Headers): Headers {
  const [current = "", ...others] = cookieSecrets();
  const value = readCookie(headers, csrfCookie());
  if (value === undefined || others.length === 0) return headers;
  const [token = "", mark = ""] = value.split(/%7C|\|/i);
  if (!others.some((secret) => isSame(mark, markOf(token, secret)))) return headers;
  const copy = new Headers(headers);
  copy.set("cookie", (headers.get("cookie") ?? "").replace(value, `${token}%7C${markOf(token, current)}`));
  return copy;
}
