import { AppError } from "../core/errors";
import { minuteMs } from "../core/time";
import { type Attempt, attemptKey, takeAttempt } from "./attempts";

/** Three codes of a million count at any moment: five guesses in a quarter of an hour stay hopeless. */
export const codeLimit = { max: 5, windowMs: 15 * minuteMs };

/** Counted by person over every place that takes a code, in the database: a restart forgets nothing. */
export async function countCode(userId: string): Promise<Attempt> {
  try {
    return await takeAttempt(attemptKey("code", userId), codeLimit);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "auth.too_many_attempts") throw error;
    const seconds = error.retryAfterSeconds ?? 60;
    const minutes = Math.ceil(seconds / 60);
    throw new AppError("auth.too_many_codes", {
      detail: `Too many wrong codes. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
      retryAfterSeconds: seconds,
    });
  }
}
