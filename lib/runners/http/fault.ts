import { AppError, type ErrorCode } from "../../core/errors";

type FaultOptions = {
  /** The one sentence that callers see; the title of the error when absent. */
  detail?: string;
  retryAfterSeconds?: number;
  /** It says nothing against the service: the input was at fault, or the service is well and cannot take more. */
  isHarmless?: boolean;
  /** What the log may hold, when the reason quotes the service: it may have repeated a caller's input. */
  logged?: string;
};

/** What went wrong with an upstream: callers learn the code, administrators the reason. */
export class UpstreamFault extends AppError {
  readonly reason: string;
  readonly isHarmless: boolean;

  constructor(
    code: ErrorCode,
    reason: string,
    { isHarmless = false, logged = reason, ...options }: FaultOptions = {},
  ) {
    super(code, { ...options, cause: new Error(logged) });
    this.reason = reason;
    this.isHarmless = isHarmless;
  }
}

/** Also of another copy of the class, from a module that Next bundled a second time: connections outlive copies. */
export const isUpstreamFault = (error: unknown): error is UpstreamFault =>
  error instanceof Error && error.name === "AppError" && "reason" in error && "isHarmless" in error;

export const invalidAnswer = (reason: string, logged = reason): UpstreamFault =>
  new UpstreamFault("upstream.invalid_answer", reason, { logged });

/** An answer that is sound but holds values that cannot be used: the input may be why, so nobody is shut out for it. */
export const unusableValues = (reason: string): UpstreamFault =>
  new UpstreamFault("upstream.invalid_answer", reason, { isHarmless: true });

const reasons: Record<string, string> = {
  ECONNREFUSED: "Nothing accepts connections at its address.",
  ENOTFOUND: "The name in its address cannot be found.",
  EAI_AGAIN: "The name in its address cannot be looked up right now.",
  ETIMEDOUT: "Its address does not answer.",
  EHOSTUNREACH: "There is no way to its address.",
  ENETUNREACH: "There is no way to its address.",
  ECONNRESET: "It closed the connection without an answer.",
  EPIPE: "It closed the connection without an answer.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate was made for another name.",
};

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** An error of the connection, in words. Only its code is used: its message may hold addresses and headers. */
export function connectionFault(error: unknown): UpstreamFault {
  if (isUpstreamFault(error)) return error;
  // Of several addresses none answered: the first error stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return connectionFault(error.errors[0]);
  const code = codeOf(error);
  if (code.startsWith("HPE_")) return invalidAnswer(`Its answer is not valid HTTP (${code}).`);
  if (/CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code) && !(code in reasons))
    return new UpstreamFault("upstream.unreachable", `Its certificate cannot be verified (${code}).`);
  return new UpstreamFault(
    "upstream.unreachable",
    reasons[code] ?? `The connection failed${code === "" ? "" : ` (${code})`}.`,
  );
}

const excerptLengthMax = 200;

/** The beginning of what a stranger wrote, on one line, without any of the secrets it may have sent back. */
export function excerpt(text: string, headers: Readonly<Record<string, string>>): string {
  const secrets = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)])
    .filter((part) => part.length > 3)
    .sort((one, other) => other.length - one.length);
  let plain = text;
  for (const secret of secrets) plain = plain.replaceAll(secret, "[secret]");
  const line = plain.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, " ").trim();
  return line.length > excerptLengthMax ? `${line.slice(0, excerptLengthMax)} ...` : line;
}
