import { AppError } from "../core/errors";
import { findPage, findRoute } from "./access-table";
import { readCookie, sessionCookie } from "./cookies";
import { hasHeaderCredential } from "./credentials";
import { preflightResponse } from "./cross-site";
import { asAppError, problemResponse } from "./problem";
import { requestIdHeader, requestIdOf } from "./request-context";

/**
 * The first look at a request, before any work: is the address known, is a credential there where one is
 * needed? It saves the handlers effort and decides nothing for good: every handler and page checks by itself.
 * Answers null to let the request through.
 */
export function gate(request: Request): Response | null {
  const { pathname, search } = new URL(request.url);
  const isApi = pathname.startsWith("/api/");
  try {
    if (isApi) return gateApi(request, pathname);
    if (isMissingCredential(request.headers, findPage(pathname))) {
      return redirectTo(request, `/login?next=${encodeURIComponent(pathname + search)}`);
    }
    return null;
  } catch (error) {
    return problemResponse(asAppError(error), requestIdOf(request.headers.get(requestIdHeader)), pathname);
  }
}

function gateApi(request: Request, pathname: string): Response | null {
  if (request.method === "OPTIONS") return preflightResponse(request.headers.get("origin"));
  const route = findRoute(pathname);
  if (!route) return null;
  const access = route.get(request.method === "HEAD" ? "GET" : request.method);
  if (access === undefined) {
    const refusal = problemResponse(
      new AppError("request.method_not_allowed"),
      requestIdOf(request.headers.get(requestIdHeader)),
      pathname,
    );
    refusal.headers.set("allow", [...route.keys()].join(", "));
    return refusal;
  }
  if (isMissingCredential(request.headers, access)) throw new AppError("auth.required");
  return null;
}

const isMissingCredential = (
  headers: Headers,
  access: "anonymous" | "member" | "admin" | undefined,
): boolean =>
  access !== undefined &&
  access !== "anonymous" &&
  readCookie(headers, sessionCookie()) === undefined &&
  !hasHeaderCredential(headers);

const redirectTo = (request: Request, target: string): Response =>
  new Response(null, { status: 307, headers: { location: new URL(target, request.url).href } });
