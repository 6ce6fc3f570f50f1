import type { ZodError } from "zod";
import { AppError, type ErrorCode, type ErrorKind, errorTable, type Fault } from "../core/errors";
import { isDatabaseUnavailable } from "../infra/db/errors";
import { Answer, asResponse } from "./answer";

/** The one place that knows status numbers of errors. */
const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method: 405,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  timed_out: 504,
};

/** Below `/v2` the Open Inference Protocol speaks: its own error body, and 400 for whatever is wrong in a body. */
export const isInference = (path: string | undefined): boolean =>
  path !== undefined && /^\/v2(\/|$)/.test(path);

export function statusOfCode(code: ErrorCode, path?: string): number {
  const { kind } = errorTable[code];
  return kind === "invalid" && isInference(path) ? statusOf.malformed : statusOf[kind];
}

export const problemType = (path?: string): string =>
  isInference(path) ? "application/json" : "application/problem+json";

/** Whatever was thrown, as an error of the table; the original stays as its cause, for the log. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // Another copy of the class, from a module that Next bundled a second time.
  if (error instanceof Error && error.name === "AppError" && "code" in error) return error as AppError;
  if (isDatabaseUnavailable(error))
    return new AppError("service.unavailable", { retryAfterSeconds: 5, cause: error });
  return new AppError("service.error", { cause: error });
}

export function problemBody(error: AppError, requestId: string, instance?: string) {
  const { title } = errorTable[error.code];
  return {
    ...(isInference(instance) ? { error: error.message } : {}),
    type: `/problems/${error.code}`,
    title,
    status: statusOfCode(error.code, instance),
    detail: error.message,
    ...(instance === undefined ? {} : { instance }),
    code: error.code,
    request_id: requestId,
    ...(error.faults ? { errors: error.faults } : {}),
    ...error.extra,
  };
}

/** What an answer of the API hangs on besides its address. */
export const varyNames = "Authorization, X-API-Key, Cookie, Origin";

export const problemResponse = (error: AppError, requestId: string, instance?: string): Response =>
  asResponse(problemAnswer(error, requestId, instance));

export function problemAnswer(error: AppError, requestId: string, instance?: string): Answer {
  const status = statusOfCode(error.code, instance);
  const answer = new Answer(status, JSON.stringify(problemBody(error, requestId, instance)), {
    "content-type": problemType(instance),
    "x-request-id": requestId,
    "cache-control": "no-store",
    vary: varyNames,
  });
  const { headers } = answer;
  for (const [name, value] of Object.entries(error.headers ?? {})) headers.set(name, value);
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  if (status === 401) {
    const reason = error.code === "auth.required" ? "" : ', error="invalid_token"';
    headers.set("www-authenticate", `Bearer realm="adyton"${reason}`);
  }
  if (status === 403) {
    const scope = typeof error.extra?.scope === "string" ? `, scope="${error.extra.scope}"` : "";
    headers.set("www-authenticate", `Bearer realm="adyton", error="insufficient_scope"${scope}`);
  }
  return answer;
}

/** One part of an RFC 6901 pointer. */
export const escapePointer = (part: PropertyKey): string =>
  String(part).replaceAll("~", "~0").replaceAll("/", "~1");

/** Each issue of a schema as a fault: where, what, and how to mend it. */
export function invalidInput(error: ZodError, place: "body" | "query"): AppError {
  const faults = error.issues.flatMap((issue): Fault[] => {
    const base = issue.path.map((part) => `/${escapePointer(part)}`).join("");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        pointer: `${base}/${escapePointer(key)}`,
        message: "This member is not known here.",
        fix: "Remove it, or check its spelling.",
      }));
    }
    return [{ pointer: base, message: issue.message, fix: fixFor(issue) }];
  });
  const [first] = faults;
  const count = faults.length === 1 ? "One value" : `${faults.length} values`;
  return new AppError("request.invalid", {
    detail: `${count} of the ${place} cannot be accepted${first ? `: ${first.pointer || "the whole"}: ${first.message}` : "."}`,
    faults,
  });
}

function fixFor(issue: ZodError["issues"][number]): string {
  if (issue.code === "invalid_value")
    return `One of: ${issue.values.map((value) => JSON.stringify(value)).join(", ")}.`;
  if (issue.code === "invalid_type") return `Send a value of the type ${issue.expected}.`;
  if (issue.code === "too_small") return `At least ${issue.minimum}.`;
  if (issue.code === "too_big") return `At most ${issue.maximum}.`;
  return "Change the value as the message says.";
}
