import { proveAgain } from "./step-up";

/** What the browser shows of a problem document (RFC 9457) that the API answered with. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  request_id?: string;
  errors?: { pointer: string; message: string; fix: string }[];
  /** Seconds after which another try makes sense. */
  retryAfterSeconds?: number;
  /** What this kind of problem says beside the members that all have: the riddle to solve, for one. */
  extra?: Record<string, unknown>;
};

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
  }
}

/** Whatever was thrown, as something to show. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    status: 0,
    code: "client.error",
    title: "Something went wrong in this page",
    detail: "Load the page again, then repeat what you did.",
  };
}

const offline: Problem = {
  status: 0,
  code: "client.offline",
  title: "No connection",
  detail: "The app cannot be reached. Check that it is running and that you are online, then try again.",
};

const noCookie: Problem = {
  status: 0,
  code: "client.no_cookie",
  title: "This browser did not keep the sign-in",
  detail: "Signing in needs a cookie. Allow cookies for this address, then try again.",
};

/** Tells every open part of the page that the session is over; the session watcher listens. */
export const sessionEndedEvent = "adyton:session-ended";

const unknownWords = {
  title: "Something went wrong",
  detail: "The app answered in a way this page does not understand. Try again.",
};

type Refusal = { status: number; body: Record<string, unknown>; retryAfter: string | null };

/** A refusal of the API as it is shown, whoever asked; and what follows from some of them. */
export function refusedWith({ status, body, retryAfter }: Refusal, words = unknownWords): ApiError {
  const { type: _type, instance: _instance, status: _status, ...members } = body;
  const { code, title, detail, request_id, errors, ...extra } = members as Partial<Problem>;
  const seconds = Number(retryAfter);
  const error = new ApiError({
    status,
    code: code ?? "service.error",
    title: title ?? words.title,
    detail: detail ?? words.detail,
    ...(request_id ? { request_id } : {}),
    ...(errors ? { errors } : {}),
    ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}),
    extra,
  });
  if (error.problem.code === "auth.required") window.dispatchEvent(new Event(sessionEndedEvent));
  return error;
}

async function toError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return refusedWith({ status: response.status, body, retryAfter: response.headers.get("retry-after") });
}

export const asksForProof = (error: unknown): boolean =>
  error instanceof ApiError && error.problem.code === "auth.step_up_required";

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await sendOnce(path, init);
  } catch (error) {
    if (!asksForProof(error) || !(await proveAgain())) throw error;
    return sendOnce(path, init);
  }
}

async function sendOnce(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...init, credentials: "same-origin" }).catch(() => {
    throw new ApiError(offline);
  });
  if (response.ok) return response;
  throw await toError(response);
}

/** Not randomUUID: browsers offer that on https and localhost only. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** An answer with what it was called: people name the id when they ask about it. */
export type Answer<T> = { value: T; requestId: string | undefined };

/** Calls the same API that programs use. Throws `ApiError` for every answer that is not a success. */
export async function callApi<T = undefined>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const isCreating = method === "POST";
  const response = await send(path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      // A click that is sent twice (a slow network, a double click) makes one thing.
      ...(isCreating ? { "idempotency-key": randomKey() } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const value = (response.status === 204 ? undefined : await response.json()) as T;
  return { value, requestId: response.headers.get("x-request-id") ?? undefined };
}

export const api = async <T = undefined>(method: string, path: string, body?: unknown): Promise<T> =>
  (await callApi<T>(method, path, body)).value;

async function csrfToken(): Promise<string> {
  const response = await send("/api/auth/csrf", { method: "GET" });
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

const asForm = (fields: Record<string, string>): RequestInit => ({
  method: "POST",
  headers: { "x-auth-return-redirect": "1" },
  body: new URLSearchParams(fields),
});

/**
 * The browser's way in: NextAuth sets the cookie. The fields are those of one step: e-mail and password, a code
 * for a sign-in that was begun, or a passkey.
 */
export async function signIn(fields: Record<string, string>): Promise<void> {
  await send("/api/auth/callback/credentials", asForm({ csrfToken: await csrfToken(), ...fields }));
  if ((await readSession()) === null) throw new ApiError(noCookie);
}

/** The address of another service to go to; it sends the browser back to `target`, signed in. */
export async function signInThrough(service: string, target: string): Promise<string> {
  const fields = { csrfToken: await csrfToken(), callbackUrl: target };
  const response = await send(`/api/auth/signin/${encodeURIComponent(service)}`, asForm(fields));
  return ((await response.json()) as { url: string }).url;
}

export async function signOut(): Promise<void> {
  await send("/api/auth/signout", asForm({ csrfToken: await csrfToken() }));
}

/** The id of whoever this browser is signed in as. Asking counts for no limit and keeps no session alive. */
export async function readSession(): Promise<string | null> {
  const session = await api<{ user?: { id: string } } | null>("GET", "/api/auth/session");
  return session?.user?.id ?? null;
}
