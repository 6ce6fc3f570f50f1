import { z } from "zod";

/** How a web server in front says who somebody is, and proves that it may; names of headers in small letters. */
export type ProxyAuth = {
  secret: string;
  userHeader: string;
  emailHeader: string | undefined;
  nameHeader: string | undefined;
};

type Values = {
  TRUSTED_PROXIES: readonly string[];
  PROXY_AUTH_SECRET?: string | undefined;
  PROXY_AUTH_HEADER?: string | undefined;
  PROXY_AUTH_EMAIL_HEADER?: string | undefined;
  PROXY_AUTH_NAME_HEADER?: string | undefined;
};

/** Headers that mean something else already, to us or to the web, cannot say who somebody is. */
const takenHeader =
  /^(x-adyton-.*|x-api-key|x-request-id|x-forwarded-(for|host|proto|port)|forwarded|authorization|cookie|host|origin|connection|content-.*|transfer-encoding|sec-.*|user-agent|accept.*)$/i;

export const headerName = (name: string) =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(
        /^[A-Za-z][A-Za-z0-9-]{2,60}$/,
        `${name} must be the name of a header, such as X-Forwarded-User, written with letters, digits and -.`,
      )
      .refine(
        (header) => !takenHeader.test(header),
        `${name} names a header that has another meaning already. Choose one such as X-Forwarded-User.`,
      )
      .optional(),
  );

const headersOf = (values: Values) => ({
  userHeader: (values.PROXY_AUTH_HEADER ?? "X-Forwarded-User").toLowerCase(),
  emailHeader: values.PROXY_AUTH_EMAIL_HEADER?.toLowerCase(),
  nameHeader: values.PROXY_AUTH_NAME_HEADER?.toLowerCase(),
});

/** What is wrong with the set-up as a whole, in a sentence for its owner. */
export function proxyAuthMistake(values: Values): string | null {
  if (values.PROXY_AUTH_SECRET === undefined) return null;
  if (values.TRUSTED_PROXIES.length === 0)
    return "PROXY_AUTH_SECRET lets a web server in front say who somebody is: name that server in TRUSTED_PROXIES.";
  const named = Object.values(headersOf(values)).filter((name) => name !== undefined);
  if (new Set(named).size === named.length) return null;
  return "PROXY_AUTH_HEADER, PROXY_AUTH_EMAIL_HEADER and PROXY_AUTH_NAME_HEADER must be different headers.";
}

/** Null: no web server in front says who somebody is. */
export const readProxyAuth = (values: Values): ProxyAuth | null =>
  values.PROXY_AUTH_SECRET === undefined ? null : { secret: values.PROXY_AUTH_SECRET, ...headersOf(values) };
