import { AppError } from "../../core/errors";
import type { CallBounds } from "../domain";

/**
 * Gives work a signal that is raised at the time limit, when the caller is gone, or when a part of the work has
 * failed and the rest is of no use. The work has to heed it: see `untilRaised`.
 */
export async function withDeadline<T>(
  { timeoutMs, signal: caller }: CallBounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new AppError("model.timed_out")), timeoutMs);
  const callerGone = () => stop.abort(caller?.reason);
  caller?.addEventListener("abort", callerGone, { once: true });
  try {
    return await work(stop.signal);
  } catch (error) {
    // Ends what still runs beside the part that failed. After a success it would close connections worth keeping.
    stop.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", callerGone);
  }
}

/** The answer of the work, or at the moment the signal is raised its reason, whether or not the work has noticed. */
export const untilRaised = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const giveUp = () => reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", giveUp));
  });
