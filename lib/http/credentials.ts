import { AppError } from "../core/errors";

/** Throws when two different ones are sent: which of them was meant is not for us to guess. */
export function hasHeaderCredential(headers: Headers): boolean {
  const authorization = headers.get("authorization");
  const key = headers.get("x-api-key");
  if (authorization !== null && key !== null && authorization.replace(/^Bearer +/i, "") !== key) {
    throw new AppError("request.two_credentials");
  }
  return authorization !== null || key !== null;
}
