import { AsyncLocalStorage } from "node:async_hooks";
import type { NextAuthConfig } from "next-auth";
import type { AnonymousActor, PersonActor } from "../core/actor";
import { AppError } from "../core/errors";
import { env } from "../infra/env";
import { log } from "../infra/log";
import { singleton } from "../infra/singleton";
import { beginLink } from "../providers/commands/begin-link";
import { findPerson } from "../providers/commands/find-person";
import { isLinkState, linkAccount } from "../providers/commands/link-account";
import { callbackUrlOf } from "../providers/domain";
import { getUsableProvider, listSignInServices, type Provider } from "../providers/queries";
import { signInAs } from "../sign-in/commands/sign-in-as";
import { createDeviceToken } from "../sign-in/device";
import { authenticate } from "./authenticate";
import { deviceCookie, serializeCookie } from "./cookies";
import { withCurrentCsrf } from "./csrf-cookie";
import { asAppError } from "./problem";
import { checkCookieNames, handlersOf, identityOf } from "./provider-config";
import { pageAfter, securityPage } from "./provider-pages";
import { readText } from "./read-body";
import { originOf } from "./request-context";

/** The way back of one person from a service; what really came of it, because NextAuth answers every refusal alike. */
type Way = {
  provider: Provider;
  headers: Headers;
  state: string;
  /** To connect an account, and not to sign in. */
  isLink: boolean;
  failure?: AppError;
  /** What NextAuth did not like, for the log. */
  reason?: string;
  started?: { userId: string; sessionId: string };
};
const ways = singleton("provider-ways", () => new AsyncLocalStorage<Way>());

const callbacks: NonNullable<NextAuthConfig["callbacks"]> = {
  /**
   * Asked once NextAuth has seen that the answer is whole: state, verifier and nonce are this browser's for this
   * very service, and the service signed who it is. All that follows from it is decided here.
   */
  async signIn({ profile }) {
    const way = ways.getStore();
    if (!way) return false;
    try {
      return way.isLink ? await connect(way, profile) : await enter(way, profile);
    } catch (error) {
      way.failure = asAppError(error);
      return false;
    }
  },
  /** What goes into the cookie; without a session row there is nothing to put there. */
  async jwt() {
    const started = ways.getStore()?.started;
    return started ? { sub: started.userId, sid: started.sessionId } : null;
  },
  /** To our own pages and nowhere else. */
  redirect({ url, baseUrl }) {
    const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
    return target?.origin === baseUrl ? target.href : baseUrl;
  },
};

const logger: NonNullable<NextAuthConfig["logger"]> = {
  error(error) {
    const way = ways.getStore();
    if (way) way.reason ??= reasonOf(error);
  },
  warn: () => {},
  debug: () => {},
};

/** The sentences of an error and of what caused it. Its other members may hold what the service sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { cause } = error as { cause?: unknown };
  const inner = cause && typeof cause === "object" && "err" in cause ? cause.err : cause;
  return [`${error.name}: ${error.message}`, reasonOf(inner)].filter(Boolean).join("; ");
}

async function connect({ provider, headers, state }: Way, profile: unknown): Promise<string> {
  await linkAccount(await authenticate(headers), provider, identityOf(provider, profile), state);
  return `${securityPage}?${new URLSearchParams({ connected: provider.id })}`;
}

async function enter(way: Way, profile: unknown): Promise<boolean> {
  const { provider, headers, state } = way;
  const actor: AnonymousActor = { kind: "anonymous", origin: originOf(headers) };
  const found = await findPerson(actor, provider, identityOf(provider, profile), state);
  const { user, session } = await signInAs(actor, found, { method: provider.id, kind: "browser" });
  way.started = { userId: user.id, sessionId: session.id };
  return true;
}

type Step = { step: "begin" | "end"; id: string };

/** Is this address a step of a sign-in through a service? */
export function providerStep(method: "GET" | "POST", pathname: string): Step | null {
  const [, action, id] = /^\/api\/auth\/(signin|callback)\/([a-z][a-z0-9-]{0,29})$/.exec(pathname) ?? [];
  if (!id || id === "credentials") return null;
  if (method === "POST" && action === "signin") return { step: "begin", id };
  return method === "GET" && action === "callback" ? { step: "end", id } : null;
}

export const answerProviderStep = ({ step, id }: Step, request: Request): Promise<Response> =>
  step === "begin" ? begin(id, request) : end(id, request);

/** Where the browser has to go, with the cookies that tell its way back from anybody else's. */
async function begin(id: string, request: Request): Promise<Response> {
  const provider = await getUsableProvider(id);
  const body = await readText(request);
  const { url, cookies } = await setOut(provider, withCurrentCsrf(request.headers).get("cookie") ?? "", body);
  const answer = request.headers.has("x-auth-return-redirect")
    ? Response.json({ url })
    : new Response(null, { status: 302, headers: { location: url } });
  for (const cookie of cookies) answer.headers.append("set-cookie", cookie);
  return answer;
}

async function setOut(provider: Provider, cookie: string, body: string) {
  const { POST } = await handlersFor(provider);
  const answer = await POST(
    // Without the query: NextAuth would hand it on to the service, over what we ask for.
    new Request(`${env().baseUrl}/api/auth/signin/${provider.id}`, {
      method: "POST",
      headers: {
        cookie,
        "content-type": "application/x-www-form-urlencoded",
        "x-auth-return-redirect": "1",
      },
      body,
    }) as never,
  );
  const { url } = (await answer.json().catch(() => ({}))) as { url?: string };
  if (url?.includes("error=MissingCSRF"))
    throw new AppError("request.cross_site", {
      detail: "The page was out of date. Reload it and try again.",
    });
  // Whatever else went wrong, NextAuth sends people back to our own page.
  if (!url || new URL(url).origin === new URL(env().baseUrl).origin)
    throw new AppError("auth.provider_failed");
  return { url, cookies: answer.headers.getSetCookie() };
}

async function handlersFor(provider: Provider) {
  try {
    return await handlersOf(provider, { callbacks, logger });
  } catch (cause) {
    log().warn({ err: cause, provider: provider.id }, "a sign-in service cannot be used");
    throw new AppError("auth.provider_failed", { cause });
  }
}

/** For somebody who is signed in: to the service and back, to connect who they are there to the account here. */
export async function beginLinkAt(actor: PersonActor, id: string): Promise<Response> {
  if (actor.kind !== "session")
    throw new AppError("auth.forbidden", { detail: "Services are connected in a browser." });
  const provider = await getUsableProvider(id);
  const { GET } = await handlersFor(provider);
  const csrf = await GET(new Request(`${env().baseUrl}/api/auth/csrf`) as never);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const csrfCookies = csrf.headers.getSetCookie().map((line) => line.split(";")[0]);
  const form = new URLSearchParams({ csrfToken, callbackUrl: securityPage });
  const { url, cookies } = await setOut(provider, csrfCookies.join("; "), form.toString());
  await beginLink(actor, provider.id, new URL(url).searchParams.get("state") ?? "");
  const names = checkCookieNames(id);
  const answer = Response.json({ url });
  for (const cookie of cookies)
    if (names.some((name) => cookie.startsWith(`${name}=`))) answer.headers.append("set-cookie", cookie);
  return answer;
}

const stateLengthMax = 4_000;

/** The way back. Whatever it brings is answered with a page of ours, for it is a person's browser that comes. */
async function end(id: string, request: Request): Promise<Response> {
  const { headers } = request;
  const { search, searchParams } = new URL(request.url);
  const state = searchParams.get("state")?.slice(0, stateLengthMax) ?? "";
  const provider = await getUsableProvider(id);
  const way: Way = { provider, headers, state, isLink: await isLinkState(state) };
  try {
    const { GET } = await handlersFor(provider);
    const url = `${callbackUrlOf(env().baseUrl, id)}${search}`;
    const cookie = headers.get("cookie") ?? "";
    const answer = await ways.run(way, () => GET(new Request(url, { headers: { cookie } }) as never));
    const location = answer.headers.get("location");
    if (way.failure) throw way.failure;
    const isDone = way.isLink ? location?.includes("?connected=") : way.started !== undefined;
    if (!isDone || !location) throw new AppError("auth.provider_failed");
    const back = redirectTo(location, answer.headers.getSetCookie());
    if (way.started)
      back.headers.append(
        "set-cookie",
        serializeCookie(deviceCookie(), createDeviceToken(way.started.userId), 365 * 24 * 3600),
      );
    return back;
  } catch (error) {
    const failure = asAppError(error);
    const reason = way.reason ?? reasonOf(failure.cause);
    log().info({ code: failure.code, provider: id, reason }, "a sign-in through a service was refused");
    // What this way needed is spent, or useless.
    const spent = checkCookieNames(id).map((name) => serializeCookie(name, "", 0));
    return redirectTo(`${env().baseUrl}${pageAfter(failure, way.isLink, headers)}`, spent);
  }
}

function redirectTo(location: string, cookies: readonly string[]): Response {
  const answer = new Response(null, { status: 302, headers: { location } });
  for (const cookie of cookies) answer.headers.append("set-cookie", cookie);
  return answer;
}

/** In the list that NextAuth gives its clients, as it would name them itself. */
export async function listedProviders() {
  const services = await listSignInServices();
  return Object.fromEntries(
    services.map(({ id, kind, title }) => [
      id,
      {
        id,
        name: title,
        type: kind === "github" ? "oauth" : "oidc",
        signinUrl: `${env().baseUrl}/api/auth/signin/${id}`,
        callbackUrl: callbackUrlOf(env().baseUrl, id),
      },
    ]),
  );
}
