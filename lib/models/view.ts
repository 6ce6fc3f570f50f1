import type { z } from "zod";
import type { RunnerReport, RunnerState, TensorSpec, Upstream } from "../runners/domain";
import { exampleRow } from "./domain/example-row";
import type { LiveModel } from "./domain/live-model";
import { expensesView, limitsOf } from "./domain/write-model";
import type {
  adminModelView as adminModelShape,
  fileView as fileShape,
  modelView as modelShape,
  Signature,
  versionView as versionShape,
} from "./schema";

/** `state`: how the runners of the version in use are. */
export function modelView(model: LiveModel, state: RunnerState): z.infer<typeof modelShape> {
  const { stable, next } = model;
  const { inputs, outputs, signature, runner, upstream } = stable;
  return {
    id: model.id,
    name: model.name,
    title: model.title,
    description: model.description,
    version: stable.number,
    next_version: next?.number ?? null,
    runner,
    inputs,
    outputs,
    signature,
    example: exampleRow({ inputs, signature, runner, preset: upstream?.preset ?? null }),
    limits: { timeout_ms: model.timeoutMs, rows_max: model.rowsMax },
    history: model.history,
    is_paused: model.isPaused,
    state,
    updated_at: model.updatedAt.toISOString(),
  };
}

type Numbers = {
  calls: number;
  errors: number;
  rows: number;
  p50Ms: number | null;
  p95Ms: number | null;
  since: Date;
};

/** `report` and `numbers` are those of the process that answers. */
export const adminModelView = (
  model: LiveModel,
  report: RunnerReport,
  numbers: Numbers,
): z.infer<typeof adminModelShape> => ({
  ...modelView(model, report.state),
  access: { kind: model.access.kind, ids: [...model.access.ids] },
  limits: limitsOf(model),
  expenses: expensesView(model.expenses),
  versions: [...model.versions.keys()],
  numbers: {
    calls: numbers.calls,
    errors: numbers.errors,
    rows: numbers.rows,
    p50_ms: numbers.p50Ms,
    p95_ms: numbers.p95Ms,
    since: numbers.since.toISOString(),
  },
  report: {
    state: report.state,
    runners: report.runners,
    queued: report.queued,
    running: report.running,
    memory_bytes: report.memoryBytes,
    reason: report.reason,
  },
  created_at: model.createdAt.toISOString(),
});

type Version = {
  number: number;
  runner: string;
  fileSha256: string | null;
  fileBytes: number | null;
  upstream: string | null;
  inputs: string;
  outputs: string;
  signature: string;
  note: string;
  createdAt: Date;
  createdByLabel: string;
};

/** Of the headers that are sent to an upstream, their names; their values never leave. */
export const versionView = (
  version: Version,
  { stable, next }: { stable: number; next: number | null },
  headerNames: string[],
): z.infer<typeof versionShape> => ({
  number: version.number,
  runner: version.runner === "onnx" ? "onnx" : "http",
  file: version.fileSha256 === null ? null : { sha256: version.fileSha256, bytes: version.fileBytes ?? 0 },
  upstream: version.upstream === null ? null : upstreamView(JSON.parse(version.upstream), headerNames),
  inputs: JSON.parse(version.inputs),
  outputs: JSON.parse(version.outputs),
  signature: JSON.parse(version.signature),
  note: version.note,
  created_at: version.createdAt.toISOString(),
  created_by: version.createdByLabel,
  is_stable: version.number === stable,
  is_next: version.number === next,
});

const upstreamView = (upstream: Upstream, headerNames: string[]) => ({
  preset: upstream.preset,
  url: upstream.url,
  model: upstream.model,
  rows_member: upstream.rowsMember,
  results_member: upstream.resultsMember,
  system_prompt: upstream.systemPrompt,
  tokens_max: upstream.tokensMax,
  is_private_allowed: upstream.isPrivateAllowed,
  header_names: headerNames,
});

type Uploaded = { sha256: string; bytes: number; inputs: TensorSpec[]; outputs: TensorSpec[] };

export const fileView = (
  { sha256, bytes, inputs, outputs }: Uploaded,
  signature: Signature,
): z.infer<typeof fileShape> => ({ sha256, bytes, inputs, outputs, signature });
