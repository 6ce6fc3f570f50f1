import type { z } from "zod";
import { type Actor, type AnonymousActor, isAdmin, type UserActor } from "../core/actor";
import { AppError, type ErrorCode } from "../core/errors";
import { env } from "../infra/env";
import { log } from "../infra/log";
import type { Access } from "./access-table";
import { authenticate } from "./authenticate";
import { hasHeaderCredential } from "./credentials";
import { corsHeaders, refuseCrossSite } from "./cross-site";
import { idempotencyHeader, once, parseIdempotencyKey } from "./idempotency";
import { asAppError, invalidInput, problemResponse } from "./problem";
import { parseJson, readText } from "./read-body";
import { originOf } from "./request-context";

type Answers = { status: 200 | 201 | 202 | 204; schema?: z.ZodType; contentType?: string };

/** What a route guarantees, readable above its handler. The OpenAPI document is made from the same words. */
export type Declaration = {
  summary: string;
  description?: string;
  auth: Access;
  query?: z.ZodType;
  body?: z.ZodType;
  response: Answers;
  /** Accepts `Idempotency-Key`: on every POST that creates something. */
  idempotent?: boolean;
  /** What can go wrong besides the input, for the documentation. */
  errors?: ErrorCode[];
};

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type ActorFor<A extends Access> = A extends "anonymous" ? Actor : UserActor;

type Input<D extends Declaration> = {
  actor: ActorFor<D["auth"]>;
  /** For commands of people who are not signed in: who is, acts the same there. */
  anonymous: AnonymousActor;
  params: Record<string, string>;
  query: Parsed<D["query"]>;
  body: Parsed<D["body"]>;
  request: Request;
};

type Output<D extends Declaration> = D["response"] extends { schema: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

type Context = { params: Promise<Record<string, string>> };
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  declaration: Declaration;
};

/**
 * The way of every request: origin → actor → cross-site check → who may call → parse → once → handle → view →
 * headers → one log line. Anything thrown on the way becomes a problem document here and nowhere else.
 */
export function route<const D extends Declaration>(
  declaration: D,
  handle: (input: Input<D>) => Promise<Output<D> | Response>,
): RouteHandler {
  const handler = async (request: Request, context: Context): Promise<Response> => {
    const startedAt = performance.now();
    const origin = originOf(request.headers);
    const { pathname, searchParams } = new URL(request.url);
    let actor: Actor = { kind: "anonymous", origin };
    let failure: AppError | undefined;

    const answer = async (): Promise<Response> => {
      // Public routes do not look at credentials, except for refusing two of them.
      if (declaration.auth === "anonymous") hasHeaderCredential(request.headers);
      else actor = await authenticate(request.headers, origin);
      refuseCrossSite(request.method, request.headers);
      requireAccess(declaration.auth, actor);
      const params = checkedParams(await context.params);
      const query = declaration.query && parseQuery(declaration.query, searchParams);
      const text = declaration.body ? await readText(request) : "";
      const body = declaration.body && parseWith(declaration.body, parseJson(request, text), "body");
      const input = { actor, anonymous: { kind: "anonymous", origin }, params, query, body, request };
      const work = async () => toResponse(declaration.response, await handle(input as unknown as Input<D>));
      const key = declaration.idempotent ? parseIdempotencyKey(request.headers.get(idempotencyHeader)) : null;
      const actorId = actor.kind === "session" ? actor.user.id : "anonymous";
      return key === null
        ? work()
        : once({ actorId, method: request.method, path: pathname, key, body: text }, work);
    };

    let response: Response;
    try {
      response = await answer();
    } catch (error) {
      failure = asAppError(error);
      response = problemResponse(failure, origin.requestId, pathname);
    }
    setHeaders(response.headers, request, origin.requestId);
    logRequest(request.method, pathname, response.status, performance.now() - startedAt, actor, failure);
    return response;
  };
  return Object.assign(handler, { declaration });
}

function requireAccess(access: Access, actor: Actor): void {
  if (access === "anonymous") return;
  if (actor.kind === "anonymous") throw new AppError("auth.required");
  if (access === "admin" && !isAdmin(actor)) throw new AppError("auth.forbidden");
}

const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** A part of the path that no database could even hold names nothing. */
function checkedParams(params: Record<string, string> = {}): Record<string, string> {
  for (const value of Object.values(params)) {
    if (value.length > 200 || !isStorable(value)) throw new AppError("route.not_found");
  }
  return params;
}

function parseQuery(schema: z.ZodType, search: URLSearchParams): unknown {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const all = search.getAll(name);
    if (!all.every(isStorable))
      throw new AppError("request.malformed", { detail: `The parameter ${name} cannot be read.` });
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return parseWith(schema, values, "query");
}

function parseWith(schema: z.ZodType, value: unknown, place: "body" | "query"): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(parsed.error, place);
  return parsed.data;
}

function toResponse(answers: Answers, output: unknown): Response {
  if (output instanceof Response) return output;
  if (answers.status === 204) return new Response(null, { status: 204 });
  // A view that lists too little or too much is a mistake of ours; production does not pay for looking.
  const body = env().isProduction || !answers.schema ? output : answers.schema.parse(output);
  return Response.json(body, { status: answers.status });
}

function setHeaders(headers: Headers, request: Request, requestId: string): void {
  headers.set("x-request-id", requestId);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("vary", "Authorization, X-API-Key, Cookie, Origin");
  for (const [name, value] of Object.entries(corsHeaders(request.headers.get("origin"))))
    headers.set(name, value);
}

function logRequest(
  method: string,
  path: string,
  status: number,
  ms: number,
  actor: Actor,
  failure?: AppError,
): void {
  const line = {
    method,
    path,
    status,
    ms: Math.round(ms * 10) / 10,
    request_id: actor.origin.requestId,
    user_id: actor.kind === "session" ? actor.user.id : undefined,
    code: failure?.code,
  };
  if (status >= 500) log().error({ ...line, err: failure?.cause ?? failure }, "request failed");
  else log().info(line, "request");
}
