import { AppError } from "../core/errors";
import { env } from "../infra/env";

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** `BASE_URL`; on the own machine also its other spellings, which are the same place. */
function ownOrigins(): string[] {
  const base = new URL(env().baseUrl);
  if (!loopbackNames.includes(base.hostname)) return [base.origin];
  return loopbackNames.map((name) => `${base.protocol}//${name}${base.port ? `:${base.port}` : ""}`);
}

export const isAllowedOrigin = (origin: string): boolean =>
  ownOrigins().includes(origin) || env().corsOrigins.includes(origin);

const isSafeMethod = (method: string): boolean => ["GET", "HEAD", "OPTIONS"].includes(method);

/**
 * A browser adds the cookie to requests that any page makes. So what changes something has to come from a page
 * of ours; programs that send neither header are not browsers, and have no cookie they did not mean to send.
 */
export function refuseCrossSite(method: string, headers: Headers): void {
  if (isSafeMethod(method)) return;
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isRefused =
    origin === null ? site === "cross-site" || site === "same-site" : !isAllowedOrigin(origin);
  if (isRefused) throw new AppError("request.cross_site");
}

/** For the origins of `CORS_ORIGINS`: their pages may call the API and read the answers. */
export function corsHeaders(origin: string | null): Record<string, string> {
  if (origin === null || !env().corsOrigins.includes(origin)) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers":
      "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Location",
  };
}

export function preflightResponse(origin: string | null, requestId: string): Response {
  const allowed = corsHeaders(origin);
  const isAllowed = Object.keys(allowed).length > 0;
  return new Response(null, {
    status: 204,
    headers: {
      vary: "Origin",
      "x-request-id": requestId,
      ...(isAllowed
        ? {
            ...allowed,
            "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers":
              "Authorization, Content-Type, Idempotency-Key, X-API-Key, X-Request-Id",
            "access-control-max-age": "600",
          }
        : {}),
    },
  });
}
