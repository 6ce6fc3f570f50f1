import { now } from "../infra/clock";
import { singleton } from "../infra/singleton";

/** Percentiles are of the calls that ended last. */
const timesKept = 1024;

class Numbers {
  calls = 0;
  errors = 0;
  rows = 0;
  private readonly times = new Float64Array(timesKept);

  note(rows: number, ms: number, isError: boolean): void {
    this.times[this.calls % timesKept] = ms;
    this.calls += 1;
    if (isError) this.errors += 1;
    else this.rows += rows;
  }

  percentiles(...parts: number[]): (number | null)[] {
    const known = this.times.slice(0, Math.min(this.calls, timesKept)).sort();
    return parts.map((part) => known[Math.max(0, Math.ceil(known.length * part) - 1)] ?? null);
  }
}

const counted = () =>
  singleton("prediction-numbers", () => ({ since: now(), byModel: new Map<string, Numbers>() }));

/** One call of a model has ended, after so long. Rows count when they were answered. */
export function noteCall(modelId: string, rows: number, ms: number, isError: boolean): void {
  const { byModel } = counted();
  let numbers = byModel.get(modelId);
  if (!numbers) {
    numbers = new Numbers();
    byModel.set(modelId, numbers);
  }
  numbers.note(rows, ms, isError);
}

export type ModelNumbers = {
  calls: number;
  errors: number;
  rows: number;
  p50Ms: number | null;
  p95Ms: number | null;
  since: Date;
};

/** What this process has counted of a model; the times are the callers', waiting included. */
export function modelNumbers(modelId: string): ModelNumbers {
  const { since, byModel } = counted();
  const numbers = byModel.get(modelId) ?? new Numbers();
  const { calls, errors, rows } = numbers;
  const [p50Ms = null, p95Ms = null] = numbers.percentiles(0.5, 0.95);
  return { calls, errors, rows, p50Ms, p95Ms, since };
}
