import { AppError } from "../../core/errors";
import { type CallBounds, hasLeft, type Tensor, type TensorAnswer } from "../domain";
import { rowsOf } from "./batch";

export type CallOptions = CallBounds & { outputs?: readonly string[] | undefined };

/** Somebody waits for this. */
export type Call = {
  inputs: readonly Tensor[];
  outputs: readonly string[] | undefined;
  rows: number;
  /** How many values go in: what a batch is measured by. */
  values: number;
  timeoutMs: number;
  queuedAt: number;
  dueAt: number;
  bounds: CallBounds;
  /** It shares no run any more: the last one that it shared came to nothing. */
  isAlone: boolean;
  /** It was answered, or nobody waits for it any more. */
  isOver: boolean;
  resolve(answer: TensorAnswer): void;
  reject(error: unknown): void;
};

export function newCall(
  inputs: readonly Tensor[],
  options: CallOptions,
  resolve: Call["resolve"],
  reject: Call["reject"],
): Call {
  const { timeoutMs, outputs } = options;
  const queuedAt = performance.now();
  let values = 0;
  for (const { data } of inputs) values += data.length;
  return {
    inputs,
    outputs,
    rows: rowsOf(inputs),
    values,
    timeoutMs,
    queuedAt,
    dueAt: queuedAt + timeoutMs,
    bounds: options,
    isAlone: false,
    isOver: false,
    resolve,
    reject,
  };
}

export function finish(call: Call, outputs: Tensor[], predictMs: number, at: number): void {
  if (call.isOver) return;
  call.isOver = true;
  call.resolve({ outputs, queueMs: Math.max(0, at - call.queuedAt - predictMs), predictMs });
}

export function refuse(call: Call, error: AppError): void {
  if (call.isOver) return;
  call.isOver = true;
  call.reject(error);
}

/** Lets go of a call whose caller has left. */
export function isGone(call: Call): boolean {
  if (!call.isOver && hasLeft(call.bounds)) {
    call.isOver = true;
    call.reject(new DOMException("The caller has left.", "AbortError"));
  }
  return call.isOver;
}

/** The same, and refuses a call that was not started in its time. */
export function isLost(call: Call, at: number): boolean {
  if (!isGone(call) && call.dueAt <= at)
    refuse(call, timedOut(`The call waited ${call.timeoutMs} ms for its turn and was not started.`));
  return call.isOver;
}

export const timedOut = (detail: string): AppError => new AppError("model.timed_out", { detail });

/** Calls that go through a runner as one run. */
export type Batch = { calls: Call[]; startedAt: number };

/**
 * When the work itself is late: as soon as somebody who still waits for it is due. Work that nobody waits for may
 * end by itself, for a moment at least; to start a runner anew costs more.
 */
export function lateAt({ calls, startedAt }: Batch, graceMs: number): number {
  let first = Number.POSITIVE_INFINITY;
  let firstOfAll = Number.POSITIVE_INFINITY;
  for (const { dueAt, isOver } of calls) {
    firstOfAll = Math.min(firstOfAll, dueAt);
    if (!isOver) first = Math.min(first, dueAt);
  }
  return first === Number.POSITIVE_INFINITY ? Math.max(firstOfAll, startedAt + graceMs) : first;
}
