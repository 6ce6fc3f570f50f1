import { AppError } from "../../core/errors";
import type { CallBounds } from "../../runners/domain";

/** Its signal is aborted when nobody waits for the answer any more; a request is such a caller. */
export type Caller = { readonly signal?: AbortSignal };

/**
 * How long a call may take: as long as the model may, or less when the caller wants to wait less. The signal is not
 * asked for before a runner does; to make one costs as much as a good part of the call.
 */
export const boundsOf = (limitMs: number, caller: Caller, waitMs = limitMs): CallBounds => ({
  timeoutMs: Math.min(limitMs, waitMs),
  get signal() {
    return caller.signal;
  },
});

/** The table's words speak of the model's limit; where the caller would not wait that long, that is said. */
export function inCallersWords(error: unknown, { timeoutMs }: CallBounds, limitMs: number): unknown {
  const isTimeout = error instanceof Error && "code" in error && error.code === "model.timed_out";
  if (!isTimeout || timeoutMs >= limitMs) return error;
  return new AppError("model.timed_out", {
    detail: `The model did not answer within the ${timeoutMs / 1000} s that this call wanted to wait.`,
    cause: error,
  });
}
