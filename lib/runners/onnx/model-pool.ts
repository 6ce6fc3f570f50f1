import { AppError } from "../../core/errors";
import { log } from "../../infra/log";
import { count } from "../../infra/metrics";
import type { OnnxTarget, RunnerReport, Tensor, TensorAnswer } from "../domain";
import { hasFreeRows, joinInputs, splitOutputs } from "./batch";
import {
  type Call,
  type CallOptions,
  finish,
  isGone,
  isLost,
  lateAt,
  newCall,
  refuse,
  timedOut,
} from "./call";
import { CallQueue } from "./call-queue";
import { Crew, type Seat } from "./crew";
import { runFault } from "./faults";
import { Pace } from "./pace";
import type { Answer, End } from "./runner-process";
import { defaultTuning, type Tuning } from "./tuning";

type Waiter = { resolve(): void; reject(error: AppError): void };
const memoryEachTicks = 3;

/** The calls of one version, and the runners that work on them. */
export class ModelPool {
  private readonly crew: Crew;
  private readonly tuning: Tuning;
  private readonly onIdle: () => void;
  private readonly queue: CallQueue;
  private warmers: Waiter[] = [];
  private isBatched: boolean;
  private isRetired = false;
  private isDispatching = false;
  private readonly pace = new Pace();
  private ticker: NodeJS.Timeout | null = null;
  private ticks = 0;
  private idler: NodeJS.Timeout | null = null;

  constructor(target: OnnxTarget, onIdle: () => void = () => {}, tuning: Partial<Tuning> = {}) {
    this.tuning = { ...defaultTuning, ...tuning };
    this.queue = new CallQueue(this.tuning);
    this.onIdle = onIdle;
    this.isBatched = hasFreeRows(target.inputs, target.outputs);
    this.crew = new Crew(target, this.tuning, {
      onReady: () => this.welcome(),
      onAnswer: (seat, answer) => this.take(seat, answer),
      onLost: (seat, end) => this.mourn(seat, end),
      onUnstartable: () => this.giveUp(),
    });
  }

  /** An administrator may change the limits of a version that runs. */
  set target(target: OnnxTarget) {
    this.crew.target = target;
  }

  run(inputs: readonly Tensor[], options: CallOptions): Promise<TensorAnswer> {
    const refusal = this.crew.refusal() ?? this.fullness();
    if (refusal) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.queue.push(newCall(inputs, options, resolve, reject));
      this.dispatchSoon();
    });
  }

  /** Has a runner ready, for the first call not to wait for it. */
  warm(): Promise<void> {
    if (this.crew.state === "ready") return Promise.resolve();
    const refusal = this.crew.refusal();
    if (refusal) return Promise.reject(refusal);
    return new Promise((resolve, reject) => {
      this.warmers.push({ resolve, reject });
      this.crew.grow();
      this.wake();
    });
  }

  report(): RunnerReport {
    const { seats, state, reason } = this.crew;
    const running = seats.flatMap(({ batches }) => batches.flatMap(({ calls }) => calls));
    return {
      state,
      runners: seats.length,
      queued: this.queue.length,
      running: running.filter(({ isOver }) => !isOver).length,
      memoryBytes: seats.reduce((sum, { runner }) => sum + runner.memoryBytes, 0),
      reason,
    };
  }

  /** Ends when the calls it has are answered. */
  retire(): void {
    this.isRetired = true;
    if (!this.hasWork()) this.close();
  }

  close(): void {
    if (this.ticker) clearInterval(this.ticker);
    if (this.idler) clearTimeout(this.idler);
    this.ticker = null;
    const error = new AppError("service.unavailable", { detail: "The app is being stopped." });
    for (const { batches } of this.crew.seats)
      for (const { calls } of batches) this.queue.putBack(calls, false);
    this.crew.stop();
    this.queue.refuseAll(error);
    for (const { reject } of this.warmers.splice(0)) reject(error);
  }

  private fullness(): AppError | null {
    const { queueMax, runnersMax } = this.crew.target;
    // What could go out already does not count as waiting.
    if (this.queue.length >= queueMax && this.isDispatching) this.dispatch();
    if (this.queue.length >= queueMax) this.queue.sweep(performance.now());
    if (this.queue.length < queueMax) return null;
    return new AppError("model.busy", {
      detail: `${queueMax} calls are waiting for this model already.`,
      retryAfterSeconds: this.pace.secondsFor(this.queue.length, runnersMax),
    });
  }

  /** What arrives in one round of the event loop goes out in one message: each costs as much as many rows. */
  private dispatchSoon(): void {
    if (this.isDispatching) return;
    this.isDispatching = true;
    setImmediate(() => {
      this.isDispatching = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    const isQuick = this.pace.isBelow(this.tuning.quickMs);
    while (this.queue.length > 0) {
      const seat = this.crew.free(isQuick);
      if (!seat) break;
      const calls = this.queue.next(this.isBatched && this.crew.target.isBatched);
      const [first] = calls;
      if (!first) break;
      seat.batches.push({ calls, startedAt: performance.now() });
      seat.runner.send({ inputs: joinInputs(calls), outputs: first.outputs });
    }
    if (this.queue.length > 0 && this.crew.seats.length === 0) {
      this.crew.grow();
      this.giveUp();
    }
    this.wake();
  }

  private take(seat: Seat, answer: Answer): void {
    const at = performance.now();
    const { calls = [], startedAt = at } = seat.batches.shift() ?? {};
    this.pace.remember(at - startedAt, calls.length);
    const [next] = seat.batches;
    if (next) next.startedAt = at;
    if (answer.kind === "failed") {
      // Of several calls only the guilty one may fail.
      const [only] = calls;
      if (only && calls.length === 1)
        refuse(only, new AppError("model.failed", { detail: runFault(answer) }));
      else this.queue.putBack(calls, true);
    } else this.deliver(calls, answer.outputs, answer.ms, at);
    this.crew.wear(seat);
    this.dispatch();
  }

  private deliver(calls: Call[], outputs: Tensor[], ms: number, at: number): void {
    const [only] = calls;
    const parts = only && calls.length === 1 ? [outputs] : splitOutputs(outputs, calls);
    if (parts) for (const [index, call] of calls.entries()) finish(call, parts[index] ?? [], ms, at);
    else {
      this.isBatched = false;
      this.queue.putBack(calls, true);
    }
  }

  private welcome(): void {
    for (const { resolve } of this.warmers.splice(0)) resolve();
    this.dispatch();
  }

  /** What a dead runner worked on is lost; what was only on its way to it is not. */
  private mourn({ batches: [running, ...others] }: Seat, { kind, reason }: End): void {
    const { id, memoryMax } = this.crew.target;
    const detail =
      kind === "memory"
        ? `The model used more than the ${memoryMax} MiB of memory it may use and was stopped.`
        : "The program that runs the model stopped while it worked on this call.";
    for (const call of running?.calls ?? [])
      refuse(call, new AppError("model.crashed", { detail, cause: reason }));
    for (const { calls } of others.reverse()) this.queue.putBack(calls, false);
    log().warn({ version: id, reason }, "a model's runner stopped");
    this.replace();
  }

  /** Nobody waits for runners that cannot be started. */
  private giveUp(): void {
    const error = this.crew.refusal();
    if (!error) return;
    this.queue.refuseAll(error);
    for (const { reject } of this.warmers.splice(0)) reject(error);
  }

  private hasWork(): boolean {
    if (this.queue.length > 0 || this.warmers.length > 0) return true;
    return this.crew.seats.some(({ batches }) => batches.length > 0);
  }

  private wake(): void {
    if (this.ticker || !this.hasWork()) return;
    this.ticker = setInterval(() => this.tick(), this.tuning.tickMs);
  }

  private tick(): void {
    const at = performance.now();
    this.queue.sweep(at);
    for (const seat of [...this.crew.seats]) this.look(seat, at);
    this.ticks += 1;
    if (this.ticks % memoryEachTicks === 0) this.crew.watchMemory();
    if (this.queue.waitMs(at) > this.tuning.patienceMs) this.crew.grow();
    if (this.hasWork()) return;
    if (this.isRetired) this.close();
    else this.sleep();
  }

  /** Ends a runner whose work takes longer than somebody waits for it. */
  private look(seat: Seat, at: number): void {
    const [running, ...others] = seat.batches;
    if (!running) return;
    for (const { calls } of others) for (const call of calls) isLost(call, at);
    for (const call of running.calls) isGone(call);
    if (at < lateAt(running, this.tuning.abandonedMs)) return;
    this.crew.drop(seat);
    count("adyton_onnx_timeouts_total");
    this.pace.remember(at - running.startedAt, running.calls.length);
    for (const call of running.calls)
      if (call.dueAt <= at)
        refuse(call, timedOut(`The model took longer than ${call.timeoutMs} ms, so the work was stopped.`));
    for (const { calls } of others.reverse()) this.queue.putBack(calls, false);
    this.queue.putBack(running.calls, running.calls.length > 1);
    this.replace();
  }

  /** For a runner that is gone: there is one at least as long as the version is in use. */
  private replace(): void {
    if (this.crew.seats.length === 0 && !this.isRetired) this.crew.grow();
    this.dispatch();
  }

  private sleep(): void {
    if (this.ticker) clearInterval(this.ticker);
    this.ticker = null;
    if (this.idler) clearTimeout(this.idler);
    this.idler = setTimeout(() => {
      if (this.ticker) return;
      this.close();
      this.onIdle();
    }, this.tuning.idleMs).unref();
  }
}
