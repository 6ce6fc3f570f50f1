import { AppError } from "../../core/errors";
import { type CallBounds, hasLeft } from "../../runners/domain";

/** Somebody who may go away before the answer; a request is such a caller. */
export type Caller = { readonly signal?: AbortSignal; readonly isGone?: () => boolean };

/**
 * The signal is not asked for before a runner does; to make one costs as much as a good part of the call. A class,
 * because V8 makes a hidden class of its own for each object literal with a getter, and keeps what that closes over
 * until the next full collection: 10 KB per call.
 */
class CallersBounds implements CallBounds {
  constructor(
    readonly timeoutMs: number,
    private readonly caller: Caller,
  ) {}

  get signal(): AbortSignal | undefined {
    return this.caller.signal;
  }

  isGone(): boolean {
    return hasLeft(this.caller);
  }
}

/** How long a call may take: as long as the model may, or less when the caller wants to wait less. */
export const boundsOf = (limitMs: number, caller: Caller, waitMs = limitMs): CallBounds =>
  new CallersBounds(Math.min(limitMs, waitMs), caller);

/** The table's words speak of the model's limit; where the caller would not wait that long, that is said. */
export function inCallersWords(error: unknown, { timeoutMs }: CallBounds, limitMs: number): unknown {
  const isTimeout = error instanceof Error && "code" in error && error.code === "model.timed_out";
  if (!isTimeout || timeoutMs >= limitMs) return error;
  return new AppError("model.timed_out", {
    detail: `The model did not answer within the ${timeoutMs / 1000} s that this call wanted to wait.`,
    cause: error,
  });
}
