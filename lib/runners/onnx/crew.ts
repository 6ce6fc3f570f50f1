import { AppError } from "../../core/errors";
import { count } from "../../infra/metrics";
import type { OnnxTarget, RunnerState } from "../domain";
import type { Batch } from "./call";
import { loadFault } from "./faults";
import { type Answer, type End, Runner } from "./runner-process";
import type { Tuning } from "./tuning";

/** A runner and what was sent to it: the first batch is being run, others wait in its pipe. */
export type Seat = {
  runner: Runner;
  batches: Batch[];
  runs: number;
  state: "starting" | "loaded" | "ready" | "worn";
};

type Handlers = {
  onReady(): void;
  onAnswer(seat: Seat, answer: Answer): void;
  /** A runner that had been ready is gone. */
  onLost(seat: Seat, end: End): void;
  /** The last attempt to start one failed, and none is left. */
  onUnstartable(): void;
};

/** The runners of one version: starts, replaces and ends them. */
export class Crew {
  target: OnnxTarget;
  seats: Seat[] = [];
  /** Why the last attempt to start one failed. */
  reason: string | null = null;
  private failures = 0;
  private restUntil = 0;
  private isWarmed = true;
  private readonly tuning: Tuning;
  private readonly handlers: Handlers;

  constructor(target: OnnxTarget, tuning: Tuning, handlers: Handlers) {
    this.target = target;
    this.tuning = tuning;
    this.handlers = handlers;
  }

  get state(): RunnerState {
    if (this.seats.some(({ state }) => state === "ready" || state === "worn")) return "ready";
    if (this.seats.length > 0) return "warming";
    return this.failures > 0 ? "failing" : "idle";
  }

  /** Who can be given work now; one that is still busy only when the model is quick. */
  free(isQuick: boolean): Seat | undefined {
    let next: Seat | undefined;
    for (const seat of this.seats) {
      if (seat.state !== "ready") continue;
      if (seat.batches.length === 0) return seat;
      if (isQuick && seat.batches.length === 1) next ??= seat;
    }
    return next;
  }

  /** The error for callers while none can be started, else null. */
  refusal(): AppError | null {
    const restMs = this.restUntil - performance.now();
    if (restMs <= 0 || this.seats.length > 0) return null;
    return new AppError("model.not_loadable", { retryAfterSeconds: Math.ceil(restMs / 1000) });
  }

  /** Starts one more, unless there are enough, one is on its way, or the last one just failed. */
  grow(): void {
    const { seats, target } = this;
    if (seats.length >= target.runnersMax || performance.now() < this.restUntil) return;
    if (!seats.some(({ state }) => state === "starting" || state === "loaded")) this.start();
  }

  /** Ends one at once. */
  drop(seat: Seat): void {
    seat.runner.stop();
    this.leave(seat);
  }

  stop(): void {
    for (const { runner } of this.seats) runner.stop();
    this.seats = [];
  }

  /** After its runs one is replaced: it works on until the new one is ready. */
  wear(seat: Seat): void {
    seat.runs += 1;
    if (seat.state === "worn" && seat.batches.length === 0) this.drop(seat);
    else if (seat.runs === this.tuning.runsMax) this.start();
  }

  watchMemory(): void {
    for (const { runner, batches } of [...this.seats]) if (batches.length > 0) runner.watchMemory();
  }

  private start(): void {
    count("adyton_onnx_starts_total");
    try {
      this.seats.push(this.seat());
    } catch (error) {
      // The system has no room for another process.
      this.rest({ kind: "exit", reason: String(error) });
    }
  }

  private seat(): Seat {
    const { file, memoryMax } = this.target;
    const runner = new Runner(
      { file, memoryMax, isWarmed: this.isWarmed, startMsMax: this.tuning.startMsMax },
      {
        onLoaded: () => {
          seat.state = "loaded";
        },
        onReady: () => this.welcome(seat),
        onAnswer: (answer) => this.handlers.onAnswer(seat, answer),
        onEnd: (end) => this.lose(seat, end),
      },
    );
    const seat: Seat = { runner, batches: [], runs: 0, state: "starting" };
    return seat;
  }

  private welcome(seat: Seat): void {
    seat.state = "ready";
    this.failures = 0;
    this.restUntil = 0;
    this.reason = null;
    for (const other of this.seats) {
      if (other.runs < this.tuning.runsMax) continue;
      other.state = "worn";
      if (other.batches.length === 0) this.drop(other);
    }
    this.handlers.onReady();
  }

  private lose(seat: Seat, end: End): void {
    this.leave(seat);
    if (seat.state === "ready" || seat.state === "worn") {
      count("adyton_onnx_crashes_total");
      this.handlers.onLost(seat, end);
    } else if (seat.state === "loaded" && this.isWarmed) {
      // It died of the run that warms up: zeros are what this model cannot take, which says nothing of real input.
      this.isWarmed = false;
      this.start();
    } else this.rest(end);
  }

  private rest(end: End): void {
    this.reason = loadFault(end);
    this.failures += 1;
    const restMs = Math.min(this.tuning.restMs * 2 ** (this.failures - 1), this.tuning.restMsMax);
    this.restUntil = performance.now() + restMs;
    if (this.seats.length === 0) this.handlers.onUnstartable();
  }

  private leave(seat: Seat): void {
    this.seats = this.seats.filter((other) => other !== seat);
  }
}
