import { AsyncLocalStorage } from "node:async_hooks";
import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { AnonymousActor } from "../core/actor";
import { AppError } from "../core/errors";
import { log } from "../infra/log";
import { singleton } from "../infra/singleton";
import { endSession } from "../sessions/commands";
import { findLiveSession } from "../sessions/queries";
import { createDeviceToken } from "../sign-in/device";
import { browserSignIn } from "../sign-in/schema";
import { authenticate } from "./authenticate";
import { signInBrowser } from "./browser-sign-in";
import { deviceCookie, readCookie, serializeCookie } from "./cookies";
import { refuseCrossSite } from "./cross-site";
import { withCurrentCsrf } from "./csrf-cookie";
import { sharedConfig } from "./next-auth-config";
import { asAppError, problemResponse } from "./problem";
import { answerProviderStep, listedProviders, providerStep } from "./provider-sign-in";
import { readText } from "./read-body";
import { originOf } from "./request-context";

/**
 * NextAuth answers every refused sign-in alike. What really happened (wrong password, too many attempts, the
 * database is away) is noted here by `authorize` and becomes the status that clients are promised.
 */
type Outcome = { failure?: unknown; deviceToken?: string };
const outcomes = singleton("sign-in-outcomes", () => new AsyncLocalStorage<Outcome>());

async function authorize(input: unknown, request: Request) {
  const outcome = outcomes.getStore() ?? {};
  try {
    const parsed = browserSignIn.safeParse(input);
    if (!parsed.success) throw new AppError("auth.invalid_credentials");
    const actor: AnonymousActor = { kind: "anonymous", origin: originOf(request.headers) };
    const deviceToken = readCookie(request.headers, deviceCookie());
    const { user, session } = await signInBrowser(actor, parsed.data, deviceToken);
    outcome.deviceToken = createDeviceToken(user.id);
    return { id: user.id, email: user.email, name: user.name, sid: session.id };
  } catch (error) {
    outcome.failure = error;
    return null;
  }
}

const config = (): NextAuthConfig => ({
  ...sharedConfig(),
  providers: [Credentials({ credentials: { email: {}, password: {} }, authorize })],
  callbacks: {
    /** The cookie names a session row. No live row, no session, whatever the cookie says. */
    async jwt({ token, user }) {
      if (user && "sid" in user) return { sub: user.id as string, sid: user.sid };
      return typeof token.sid === "string" && (await findLiveSession(token.sid)) ? token : null;
    },
    async session({ session, token }) {
      const live = typeof token.sid === "string" ? await findLiveSession(token.sid) : null;
      if (!live) return { expires: session.expires };
      const { id, email, name, role, planId } = live.user;
      return {
        expires: live.expiresAt.toISOString(),
        user: { id, email, name, role, plan: planId },
      } as never;
    },
  },
});

/** Configured for each request: the secrets may be rotated at any time. */
const nextAuth = () => singleton("next-auth", () => NextAuth(() => config()));

type Handler = (request: never) => Promise<Response>;

async function handle(method: "GET" | "POST", request: Request): Promise<Response> {
  const origin = originOf(request.headers);
  const { pathname } = new URL(request.url);
  const startedAt = performance.now();
  const response = await respond(method, request).catch((error: unknown) =>
    problemResponse(asAppError(error), origin.requestId, pathname),
  );
  response.headers.set("x-request-id", origin.requestId);
  response.headers.set("cache-control", "no-store");
  const ms = Math.round(performance.now() - startedAt);
  log().info(
    { method, path: pathname, status: response.status, ms, request_id: origin.requestId },
    "request",
  );
  return response;
}

/** What of NextAuth is used. To other addresses below its own it would answer 200 or with a page of its making. */
const actions = {
  GET: ["/api/auth/csrf", "/api/auth/session", "/api/auth/providers"],
  POST: ["/api/auth/callback/credentials", "/api/auth/signout"],
};

async function respond(method: "GET" | "POST", request: Request): Promise<Response> {
  refuseCrossSite(method, request.headers);
  const { pathname } = new URL(request.url);
  const step = providerStep(method, pathname);
  if (step) return answerProviderStep(step, request);
  if (!actions[method].includes(pathname)) throw new AppError("route.not_found");
  // Read here, within bounds, and handed on: stopping half-way in a clone would wait for its other half for ever.
  const body = method === "POST" ? await readText(request) : null;
  // The row ends first: should anything fail afterwards, the person is signed out all the same.
  if (method === "POST" && pathname === "/api/auth/signout") await endOwnSession(request.headers);
  const outcome: Outcome = {};
  const handler = nextAuth().handlers[method] as Handler;
  const bounded = new Request(request.url, { method, headers: withCurrentCsrf(request.headers), body });
  const answer = await outcomes.run(outcome, () => handler(bounded as never));
  const isPasswordSignIn = pathname === "/api/auth/callback/credentials";
  if (isPasswordSignIn && !outcome.failure && !outcome.deviceToken) {
    // NextAuth turned it away before looking at the password: its CSRF token was missing or wrong.
    outcome.failure = new AppError("request.cross_site", {
      detail: "The sign-in form was out of date. Reload the page and try again.",
    });
  }
  if (outcome.failure) {
    const problem = problemResponse(
      asAppError(outcome.failure),
      originOf(request.headers).requestId,
      pathname,
    );
    // The cookies of NextAuth (its CSRF token) go along; a session cookie is not among them.
    for (const cookie of answer.headers.getSetCookie()) problem.headers.append("set-cookie", cookie);
    return problem;
  }
  if (pathname === "/api/auth/providers")
    return Response.json({ ...((await answer.json()) as object), ...(await listedProviders()) });
  const copy = new Response(answer.body, answer);
  if (outcome.deviceToken) {
    copy.headers.append("set-cookie", serializeCookie(deviceCookie(), outcome.deviceToken, 365 * 24 * 3600));
  }
  return copy;
}

async function endOwnSession(headers: Headers): Promise<void> {
  const actor = await authenticate(headers);
  if (actor.kind === "session") await endSession(actor, actor.sessionId, "signed_out");
}

export const nextAuthGet = (request: Request): Promise<Response> => handle("GET", request);
export const nextAuthPost = (request: Request): Promise<Response> => handle("POST", request);
