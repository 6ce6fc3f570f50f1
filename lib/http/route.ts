import type { z } from "zod";
import {
  type Actor,
  type AnonymousActor,
  hasScope,
  isPerson,
  isUser,
  type PersonActor,
  type UserActor,
} from "../core/actor";
import { AppError, type ErrorCode } from "../core/errors";
import { isPending } from "../core/pending";
import { now } from "../infra/clock";
import { env } from "../infra/env";
import { log, logLine } from "../infra/log";
import { count } from "../infra/metrics";
import { rateHeaders, unlimited } from "../limits/domain";
import { recordRefusals } from "../refusals/recorder";
import { currentSettings } from "../settings/queries";
import { stepUpMs } from "../settings/schema";
import { type Access, scopeOf } from "./access-table";
import { Answer, asResponse, jsonAnswer, type WritableHeaders } from "./answer";
import { authenticate } from "./authenticate";
import { headerCredential } from "./credentials";
import { corsHeaders, refuseCrossSite } from "./cross-site";
import { idempotencyHeader, keyWithUpload, once, parseIdempotencyKey } from "./idempotency";
import { noteFailure } from "./note-failure";
import { asAppError, invalidInput, problemAnswer, varyNames } from "./problem";
import { countRequest } from "./rate";
import { isSentAs, parseJson, readText, requireType } from "./read-body";
import { addressOf, originOf } from "./request-context";

type Answers = { status: 200 | 201 | 202 | 204; schema?: z.ZodType; contentType?: string };

/** What a route guarantees, readable above its handler. The OpenAPI document is made from the same words. */
export type Declaration = {
  summary: string;
  description?: string;
  auth: Access;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Nothing at all is the same as `{}`. */
  isBodyOptional?: boolean;
  /** A form instead of JSON, with the errors of its own standard: see `oauth-route.ts`. */
  form?: z.ZodType;
  /** JSON that the handler reads itself, because it has to be read otherwise than all other. */
  ownBody?: z.ZodType;
  /** Bytes of this content type instead of JSON: the handler reads `request.body` while they come in. */
  bytes?: string;
  /** Beside the JSON also bytes of one of these content types, with this query, which the handler reads likewise. */
  upload?: { types: readonly string[]; query: z.ZodType };
  /** Where JSON may be larger than elsewhere. */
  bodyBytesMax?: number;
  response: Answers;
  /**
   * Asks people whose last proof of who they are is too old to prove it anew. Default: every change by an
   * administrator.
   */
  sensitive?: boolean;
  /** `call`: counts against the limits of plan and key. Everything else counts against one wide limit per user. */
  limit?: "call";
  /** Accepts `Idempotency-Key`: on every POST that creates something. */
  idempotent?: boolean;
  /** What can go wrong besides the input, for the documentation. */
  errors?: ErrorCode[];
};

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
/** What is about the account itself is for people: no key has that scope. */
type ActorFor<A extends Access> = A extends "anonymous"
  ? Actor
  : A extends "member:account"
    ? PersonActor
    : UserActor;

type Uploaded<D extends Declaration> = D extends { upload: { query: infer Q extends z.ZodType } }
  ? z.output<Q> | undefined
  : undefined;

type Input<D extends Declaration> = {
  actor: ActorFor<D["auth"]>;
  /** For commands of people who are not signed in: who is, acts the same there. */
  anonymous: AnonymousActor;
  params: Record<string, string>;
  query: Parsed<D["query"]>;
  /** Of a route that takes uploads too: undefined when this is one. */
  body: D extends { upload: object } ? Parsed<D["body"]> | undefined : Parsed<D["body"]>;
  /** What the address says of the bytes; undefined when JSON was sent. */
  upload: Uploaded<D>;
  request: Request;
};

type Output<D extends Declaration> = D["response"] extends { schema: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

type Params = Record<string, string>;
type Context = { params: Promise<Params> | Params };
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  declaration: Declaration;
  /** The same for our own host, which needs no `Response`. */
  answer: (request: Request, context: Context) => Promise<Answer | Response>;
};

/**
 * The way of every request: origin → actor → cross-site check → rate → who may call → parse → once → handle →
 * view → headers → one log line. Anything thrown on the way becomes a problem document here and nowhere else.
 */
export function route<const D extends Declaration>(
  declaration: D,
  handle: (input: Input<D>) => Promise<Output<D> | Answer | Response>,
): RouteHandler {
  const answer = async (request: Request, context: Context): Promise<Answer | Response> => {
    const startedAt = performance.now();
    const origin = originOf(request.headers);
    const { pathname, search } = addressOf(request);
    let actor: Actor = { kind: "anonymous", origin };
    let failure: AppError | undefined;
    let rate: Record<string, string> = {};

    let response: Answer | Response;
    try {
      // Public routes do not look at credentials, except for refusing two of them.
      if (declaration.auth === "anonymous") headerCredential(request.headers);
      else {
        const found = authenticate(request.headers, origin);
        actor = isPending(found) ? await found : found;
      }
      refuseCrossSite(request.method, request.headers);
      if (isUser(actor)) {
        const counting = countRequest(actor, declaration.limit);
        const counted = isPending(counting) ? await counting : counting;
        if (counted !== unlimited) rate = rateHeaders(counted, now());
      }
      requireAccess(declaration.auth, actor);
      if (isSensitive(declaration, request.method)) await requireFreshProof(actor);
      const params = checkedParams(isPending(context.params) ? await context.params : context.params);
      const query = declaration.query && parseQuery(declaration.query, new URLSearchParams(search));
      if (declaration.bytes) requireType(request, declaration.bytes);
      const bytes = declaration.upload;
      const isUpload = bytes !== undefined && isSentAs(request, bytes.types);
      const upload = isUpload ? parseQuery(bytes.query, new URLSearchParams(search)) : undefined;
      const schema = isUpload ? undefined : declaration.body;
      const text = schema ? await readText(request, declaration.bodyBytesMax) : "";
      const isAbsent = declaration.isBodyOptional && text === "";
      const body = schema && parseWith(schema, isAbsent ? {} : parseJson(request, text), "body");
      const input = { actor, anonymous: { kind: "anonymous", origin }, params, query, body, upload, request };
      const work = async () => answerOf(declaration.response, await handle(input as unknown as Input<D>));
      const key = declaration.idempotent ? parseIdempotencyKey(request.headers.get(idempotencyHeader)) : null;
      if (key !== null && isUpload) throw keyWithUpload();
      if (key === null) response = await work();
      else {
        const call = {
          actorId: ownerOfAnswers(actor),
          method: request.method,
          path: pathname,
          key,
          body: text,
        };
        response = await once(call, work);
      }
    } catch (error) {
      failure = asAppError(error);
      response = problemAnswer(failure, origin.requestId, pathname);
    }
    setHeaders(response.headers, request, origin.requestId, rate);
    logRequest(request.method, pathname, response.status, performance.now() - startedAt, actor, failure);
    return response;
  };
  const handler = async (request: Request, context: Context) => asResponse(await answer(request, context));
  return Object.assign(handler, { declaration, answer });
}

/**
 * Whose kept answers a credential may get again: those to calls it could have made itself. A weaker key of the
 * same person gets nothing that a stronger one, or the person, was answered.
 */
function ownerOfAnswers(actor: Actor): string {
  if (!isUser(actor)) return "anonymous";
  if (actor.kind === "session") return actor.user.id;
  return [actor.kind === "key" ? actor.key.id : actor.sessionId, ...actor.scopes].join(" ");
}

export const isSensitive = ({ sensitive, auth }: Declaration, method: string): boolean =>
  sensitive ?? (auth === "admin" && method !== "GET" && method !== "HEAD");

/** A session that was left open, or stolen, changes nothing that decides who gets in. Keys have no person to ask. */
async function requireFreshProof(actor: Actor): Promise<void> {
  if (!isPerson(actor)) return;
  const since = now().getTime() - stepUpMs(await currentSettings());
  if (!actor.provenAt || actor.provenAt.getTime() < since) throw new AppError("auth.step_up_required");
}

function requireAccess(access: Access, actor: Actor): void {
  if (access === "anonymous") return;
  if (!isUser(actor)) throw new AppError("auth.required");
  const scope = scopeOf(access);
  if (access === "admin" && actor.user.role !== "admin") throw new AppError("auth.forbidden");
  if (scope !== null && !hasScope(actor, scope)) throw missingScope(scope, actor);
}

function missingScope(scope: string, actor: UserActor): AppError {
  const detail =
    scope === "account"
      ? "An API key cannot change the account it belongs to. Sign in to do this."
      : `Your ${actor.kind === "session" ? "role" : actor.kind} does not include the scope ${scope}.`;
  return new AppError("auth.scope_missing", { detail, extra: { scope } });
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

function answerOf(answers: Answers, output: unknown): Answer | Response {
  if (output instanceof Answer || output instanceof Response) return output;
  if (answers.status === 204) return new Answer(204, null);
  // A view that lists too little or too much is a mistake of ours; production does not pay for looking.
  const body = env().isProduction || !answers.schema ? output : answers.schema.parse(output);
  return jsonAnswer(answers.status, body);
}

export function setHeaders(
  headers: WritableHeaders,
  request: Request,
  requestId: string,
  rate: Record<string, string>,
): void {
  for (const [name, value] of Object.entries(rate)) headers.set(name, value);
  headers.set("x-request-id", requestId);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("vary", varyNames);
  for (const [name, value] of Object.entries(corsHeaders(request.headers.get("origin"))))
    headers.set(name, value);
}

/** By the first digit of the status. */
const statusLabels = [0, 1, 2, 3, 4, 5].map((digit) => ({ status: `${digit}xx` }));

export function logRequest(
  method: string,
  path: string,
  status: number,
  ms: number,
  actor: Actor,
  failure?: AppError,
): void {
  count("adyton_requests_total", statusLabels[Math.floor(status / 100)]);
  if (failure) {
    recordRefusals();
    noteFailure(failure, actor, method, path);
  }
  const line = {
    method,
    path,
    status,
    ms: Math.round(ms * 10) / 10,
    request_id: actor.origin.requestId,
    key_id: actor.kind === "key" ? actor.key.id : undefined,
    user_id: isUser(actor) ? actor.user.id : undefined,
    code: failure?.code,
  };
  if (status >= 500) log().error({ ...line, err: failure?.cause ?? failure }, "request failed");
  else logLine(line, "request");
}
