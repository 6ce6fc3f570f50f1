import { type AppError, type ErrorKind, errorTable } from "../core/errors";
import { asAppError } from "./problem";

type OAuthCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "invalid_token"
  | "unsupported_grant_type"
  | "temporarily_unavailable"
  | "server_error";

/** An error in the words of RFC 6749, 5.2; 400 unless said otherwise. */
export class OAuthError extends Error {
  constructor(
    readonly code: OAuthCode,
    description: string,
    readonly status = 400,
    readonly headers: Record<string, string> = {},
  ) {
    super(description);
    this.name = "OAuthError";
  }
}

export function requireParameter(name: string, value: string | undefined): string {
  if (value === undefined) throw new OAuthError("invalid_request", `The parameter ${name} is missing.`);
  return value;
}

/** What else can happen, by kind: status and word. The rest is a fault of the request. */
const beyondClients: Partial<Record<ErrorKind, [status: number, code: OAuthCode]>> = {
  unauthenticated: [400, "invalid_grant"],
  forbidden: [400, "invalid_scope"],
  limited: [429, "temporarily_unavailable"],
  unavailable: [503, "temporarily_unavailable"],
  timed_out: [504, "temporarily_unavailable"],
  internal: [500, "server_error"],
};

const scopeAdvice = "The scope asks for more than this token or key was given, or for nothing.";

/** Whatever was thrown, in these words. */
export function asOAuthError(thrown: unknown): { error: OAuthError; cause: AppError | undefined } {
  if (thrown instanceof OAuthError) return { error: thrown, cause: undefined };
  const cause = asAppError(thrown);
  const [status, code] = beyondClients[errorTable[cause.code].kind] ?? [400, "invalid_request"];
  const seconds = cause.retryAfterSeconds;
  const headers: Record<string, string> = seconds === undefined ? {} : { "retry-after": String(seconds) };
  const description = code === "invalid_scope" ? scopeAdvice : cause.message;
  return { error: new OAuthError(code, description, status, headers), cause };
}

export const oauthErrorResponse = (error: OAuthError): Response =>
  Response.json(
    { error: error.code, error_description: error.message },
    { status: error.status, headers: error.headers },
  );
