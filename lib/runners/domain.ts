import type { ErrorCode } from "../core/errors";

/** The tensor types of the Open Inference Protocol that a runner can be given. */
export const datatypes = [
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "FP32",
  "FP64",
  "BYTES",
] as const;
export type Datatype = (typeof datatypes)[number];

/** What a model says of an input or output; -1 is a dimension that is free. */
export type TensorSpec = { name: string; datatype: Datatype; shape: number[] };

/** Row-major values. FP16 travels as FP32 numbers inside the product; BYTES are strings; BOOL is 0 or 1. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | string[];

export type Tensor = { name: string; datatype: Datatype; shape: number[]; data: TensorData };

/** Makes room for so many values of a type. */
export function emptyData(datatype: Datatype, length: number): TensorData {
  switch (datatype) {
    case "BOOL":
    case "UINT8":
      return new Uint8Array(length);
    case "UINT16":
      return new Uint16Array(length);
    case "UINT32":
      return new Uint32Array(length);
    case "UINT64":
      return new BigUint64Array(length);
    case "INT8":
      return new Int8Array(length);
    case "INT16":
      return new Int16Array(length);
    case "INT32":
      return new Int32Array(length);
    case "INT64":
      return new BigInt64Array(length);
    case "FP16":
    case "FP32":
      return new Float32Array(length);
    case "FP64":
      return new Float64Array(length);
    case "BYTES":
      return new Array<string>(length).fill("");
  }
}

export const countOf = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1);

/** How one call is bounded: the moment it is over for the caller, and whether the caller is still there. */
export type CallBounds = {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** The same as the signal says, for who only looks now and then: a signal costs as much as a good part of a call. */
  isGone?(): boolean;
};

/** Is nobody waiting for the answer any more? */
export const hasLeft = (caller: Pick<CallBounds, "signal" | "isGone">): boolean =>
  caller.isGone ? caller.isGone() : (caller.signal?.aborted ?? false);

/** What a call cost, in milliseconds: waiting for a runner, and the work itself. */
export type CallTimes = { queueMs: number; predictMs: number };

/** With what the work of a version can end instead of an answer. */
export const runErrors: readonly ErrorCode[] = [
  "model.busy",
  "model.timed_out",
  "model.crashed",
  "model.failed",
  "model.not_loadable",
  "upstream.unreachable",
  "upstream.invalid_answer",
  "upstream.resting",
];

export type TensorAnswer = CallTimes & { outputs: Tensor[] };
/** Of an upstream that takes and gives plain JSON: one value for each row that was asked. */
export type RowsAnswer = CallTimes & { rows: unknown[]; tokens?: number };

/** What a pool needs to know of a version to run it. */
export type OnnxTarget = {
  /** The version's id: one pool for each. */
  id: string;
  file: string;
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  runnersMax: number;
  queueMax: number;
  memoryMax: number;
  isBatched: boolean;
};

export const presets = ["open_inference", "json", "chat"] as const;
export type Preset = (typeof presets)[number];

/** Where an upstream is and how it wants to be asked; what of it is no secret. */
export type Upstream = {
  preset: Preset;
  url: string;
  /** The model's name there: for `open_inference` and `chat`. */
  model: string | null;
  /** `json`: rows travel together as this member of the body; null: each row is a body of its own. */
  rowsMember: string | null;
  /** `json`: the member of the answer that holds the results; null: the answer itself. */
  resultsMember: string | null;
  /** `chat`: what is said before the caller's words, and the most that is answered. */
  systemPrompt: string | null;
  tokensMax: number | null;
  /** Addresses of the own network are refused unless the administrator allowed this very host. */
  isPrivateAllowed: boolean;
};

export type UpstreamTarget = {
  /** The version's id: one breaker and one set of connections for each. */
  id: string;
  upstream: Upstream;
  headers: Readonly<Record<string, string>>;
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  queueMax: number;
};

/** How a version's runners are: nothing runs, one is starting, all well, or the last attempts failed. */
export const runnerStates = ["idle", "warming", "ready", "failing"] as const;
export type RunnerState = (typeof runnerStates)[number];
export type RunnerReport = {
  state: RunnerState;
  runners: number;
  queued: number;
  running: number;
  /** Of all its runners together, in bytes; 0 for an upstream. */
  memoryBytes: number;
  /** Why it is failing, in a sentence for administrators; else null. */
  reason: string | null;
};
