import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import { isWellFormedKey } from "../keys/domain";
import { rateProblem } from "../limits/domain";
import { verifyAccessToken } from "../tokens/access-tokens";
import { kidOf } from "../tokens/domain";
import { knownVerificationKey } from "../tokens/known-keys";
import { type Access, findPage, findRoute, isApiPath } from "./access-table";
import { isFamiliar } from "./credential-cache";
import {
  type Credential,
  cookieCredential,
  credentialOf,
  fingerprintOf,
  proxiedCredential,
} from "./credentials";
import { corsHeaders, preflightResponse } from "./cross-site";
import { noteFailure } from "./note-failure";
import { asAppError, problemResponse } from "./problem";
import { addressOf, originOf } from "./request-context";
import { isFloodedFrom, takeStranger } from "./strangers";

/** What monitors and load balancers ask again and again, and what costs us nothing. */
const uncounted = ["/api/health/live", "/api/health/ready", "/v2/health/live", "/v2/health/ready"];

/**
 * The first look at a request, before any work and without the database: is the address known, is a well-formed
 * credential there where one is needed, and do strangers not ask too often? It saves the handlers effort and
 * decides nothing for good: every handler and page checks by itself. Answers null to let the request through.
 */
export function gate(request: Request): null | Promise<Response | null> {
  const { pathname } = addressOf(request);
  const { method, headers } = request;
  // Nearly every request on the hot routes: somebody known, at an address that exists.
  if (findRoute(pathname)?.has(method) && isFamiliarCaller(headers)) return null;
  return lookClosely(request);
}

function isFamiliarCaller(headers: Headers): boolean {
  try {
    const credential = credentialOf(headers);
    return credential !== null && isFamiliar(fingerprintOf(credential));
  } catch {
    return false;
  }
}

async function lookClosely(request: Request): Promise<Response | null> {
  const { pathname, search } = addressOf(request);
  const { method, headers } = request;
  const origin = originOf(headers);
  try {
    const isApi = isApiPath(pathname);
    if (isApi && method === "OPTIONS") return preflightResponse(headers.get("origin"), origin.requestId);
    const methods = isApi ? findRoute(pathname) : undefined;
    const access = isApi ? methods?.get(method === "HEAD" ? "GET" : method) : findPage(pathname);
    const credential = isApi
      ? (clientKey(pathname, headers) ?? credentialOf(headers))
      : (proxiedCredential(headers) ?? cookieCredential(headers));
    const fingerprint = credential && fingerprintOf(credential);
    if (fingerprint === null || !isFamiliar(fingerprint)) {
      if (!uncounted.includes(pathname)) await refuseFlood(request, access, credential);
    }
    if (methods && access === undefined) {
      const allow = [...methods.keys()].join(", ");
      throw new AppError("request.method_not_allowed", { headers: { allow } });
    }
    if (credential !== null || access === undefined || access === "anonymous") return null;
    if (isApi) throw new AppError("auth.required");
    return redirectTo(request, `/login?next=${encodeURIComponent(pathname + search)}`);
  } catch (error) {
    const failure = asAppError(error);
    noteFailure(failure, { kind: "anonymous", origin }, method, pathname);
    const refusal = problemResponse(failure, origin.requestId, pathname);
    // Otherwise a page of another site of ours could not read why.
    for (const [name, value] of Object.entries(corsHeaders(headers.get("origin"))))
      refusal.headers.set(name, value);
    return refusal;
  }
}

/** The OAuth addresses take a key as the client's password, in the header that HTTP has for those. */
function clientKey(pathname: string, headers: Headers): Credential | null {
  const encoded =
    pathname.startsWith("/oauth/") && /^Basic +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (!encoded) return null;
  const [, secret = ""] = Buffer.from(encoded, "base64").toString("latin1").split(/:(.*)/s);
  return isWellFormedKey(secret) ? { kind: "key", text: secret } : null;
}

/**
 * Whoever shows nothing, or nothing that could be good, is a stranger and counted by address. What may be good
 * is let through to be looked up, but not while its address is flooding us: then only who was seen here lately
 * comes in, so that made-up keys never reach the database in numbers.
 */
async function refuseFlood(
  request: Request,
  access: Access | undefined,
  credential: Credential | null,
): Promise<void> {
  const origin = originOf(request.headers);
  const isPublic = access === undefined || access === "anonymous";
  const isPlausible = credential !== null && (await mayBeGood(credential));
  if (isPlausible && !isPublic) {
    if (isFloodedFrom(origin)) throw rateProblem(takeStranger(origin), now());
    return;
  }
  const verdict = takeStranger(origin);
  if (!verdict.isAllowed) throw rateProblem(verdict, now());
  if (credential !== null && !isPlausible && !isPublic) throw new AppError("auth.invalid_token");
}

/** Only what memory can say: the shape, a key's checksum, a token's signature when its key is known already. */
async function mayBeGood({ kind, text }: Credential): Promise<boolean> {
  if (kind !== "token") return kind !== "garbage";
  const kid = kidOf(text);
  if (kid === null) return false;
  return (
    knownVerificationKey(kid) === undefined || (await verifyAccessToken(text, knownVerificationKey)) !== null
  );
}

const redirectTo = (request: Request, target: string): Response =>
  new Response(null, { status: 307, headers: { location: new URL(target, request.url).href } });
