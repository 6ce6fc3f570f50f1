import type { Prices } from "../../core/money";
import type { OnnxTarget, TensorSpec, Upstream, UpstreamTarget } from "../../runners/domain";
import type { accessKinds, historyKinds, Signature } from "../schema";
import type { ResultWriter } from "./decode-results";
import type { RowReader } from "./encode-rows";

export type ModelAccess = { kind: (typeof accessKinds)[number]; ids: ReadonlySet<string> };
export type ModelHistory = { kind: (typeof historyKinds)[number]; days: number };

/** A version as it is called: never changed after it was made, and its reader and writer with it. */
export type LiveVersion = {
  readonly id: string;
  readonly number: number;
  readonly runner: "onnx" | "http";
  /** The path of its file. */
  readonly file: string | null;
  readonly upstream: Upstream | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly inputs: TensorSpec[];
  readonly outputs: TensorSpec[];
  readonly signature: Signature;
  readonly reader: RowReader;
  readonly writer: ResultWriter;
  readonly onnx: OnnxTarget | null;
  readonly http: UpstreamTarget | null;
};

export type LiveModel = {
  id: string;
  name: string;
  title: string;
  description: string;
  access: ModelAccess;
  history: ModelHistory;
  timeoutMs: number;
  rowsMax: number;
  queueMax: number;
  runnersMax: number;
  /** Of one runner, in MiB. */
  memoryMax: number;
  isBatched: boolean;
  /** What a call costs the owner, as `costOf` wants it; nothing by row. */
  expenses: Prices;
  stable: LiveVersion;
  next: LiveVersion | null;
  versions: ReadonlyMap<number, LiveVersion>;
  isPaused: boolean;
  createdAt: Date;
  updatedAt: Date;
};
