import type { AppError } from "../../core/errors";
import { canShare } from "./batch";
import { type Call, isGone, isLost, refuse } from "./call";
import type { Tuning } from "./tuning";

/** Calls that wait for a runner, first come first served. */
export class CallQueue {
  private calls: Call[] = [];
  private readonly tuning: Tuning;

  constructor(tuning: Tuning) {
    this.tuning = tuning;
  }

  get length(): number {
    return this.calls.length;
  }

  push(call: Call): void {
    this.calls.push(call);
  }

  /** Before all others: these had been on their way already. */
  putBack(calls: readonly Call[], isAlone: boolean): void {
    const waiting = calls.filter((call) => !isGone(call));
    if (isAlone) for (const call of waiting) call.isAlone = true;
    this.calls.unshift(...waiting);
  }

  /** From the front, as many as can go through the model together. */
  next(isShared: boolean): Call[] {
    const { callsPerRunMax, valuesPerRunMax } = this.tuning;
    const at = performance.now();
    const together: Call[] = [];
    let values = 0;
    let taken = 0;
    for (const call of this.calls) {
      if (!isLost(call, at)) {
        const [first] = together;
        values += call.values;
        if (first && (!isShared || first.isAlone || call.isAlone)) break;
        if (first && (values > valuesPerRunMax || !canShare(first, call))) break;
        together.push(call);
      }
      taken += 1;
      if (together.length === callsPerRunMax) break;
    }
    this.calls.splice(0, taken);
    return together;
  }

  /** Lets go of calls that are due or whose callers have left. */
  sweep(at: number): void {
    let isAnyOver = false;
    for (const call of this.calls) if (isLost(call, at)) isAnyOver = true;
    if (isAnyOver) this.calls = this.calls.filter(({ isOver }) => !isOver);
  }

  /** How long the first has been waiting. */
  waitMs(at: number): number {
    const [first] = this.calls;
    return first ? at - first.queuedAt : 0;
  }

  refuseAll(error: AppError): void {
    for (const call of this.calls.splice(0)) refuse(call, error);
  }
}
