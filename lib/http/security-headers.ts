import { randomBytes } from "node:crypto";
import { isApiPath } from "./access-table";

/**
 * Pages may run our own scripts only: each answer has a nonce from our own random source. Styles may be
 * inline, because the components position themselves with style attributes; a style cannot run code.
 */
const pagePolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

const apiPolicy = "default-src 'none'; frame-ancestors 'none'";

/** The policy for an address; for pages a fresh one each time. */
export const contentPolicy = (pathname: string): string =>
  isApiPath(pathname) ? apiPolicy : pagePolicy(randomBytes(18).toString("base64"));

export const securityHeaders = (isHttps: boolean): Record<string, string> => ({
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  ...(isHttps ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
});
