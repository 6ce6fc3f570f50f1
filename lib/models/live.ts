import type { Prisma } from "../infra/db/client";
import { decrypt } from "../infra/secrets";
import type { OnnxTarget, RunnerReport, TensorSpec, Upstream } from "../runners/domain";
import { retireUpstream, upstreamReport } from "../runners/http/upstream";
import { onnxReport, retireOnnx } from "../runners/onnx/pool";
import { compileResults } from "./domain/decode-results";
import { compileRows } from "./domain/encode-rows";
import type { LiveModel, LiveVersion, ModelAccess, ModelHistory } from "./domain/live-model";
import { expensesOf } from "./domain/write-model";
import { modelFile } from "./files";
import type { Signature } from "./schema";

export type VersionRow = Prisma.ModelVersionGetPayload<object>;
export type ModelRow = Prisma.ModelGetPayload<{ include: { versions: true } }>;

/** What the secret headers of an upstream are encrypted for. */
export const headersPurpose = "upstream-headers";

export const readHeaders = (row: Pick<VersionRow, "headersSealed">): Record<string, string> =>
  row.headersSealed === null ? {} : JSON.parse(decrypt(headersPurpose, row.headersSealed));

export const accessOf = (row: { access: string; accessIds: string }): ModelAccess => ({
  kind: row.access as ModelAccess["kind"],
  ids: new Set(row.accessIds.split(" ").filter(Boolean)),
});

/**
 * A model as calls need it. Versions that did not change are the very same objects as before: what was compiled
 * for them is kept, and so are their runners.
 */
export function liveModel(row: ModelRow, before: LiveModel | undefined): LiveModel {
  const isSameBounds =
    before?.queueMax === row.queueMax &&
    before.runnersMax === row.runnersMax &&
    before.memoryMax === row.memoryMax &&
    before.isBatched === row.isBatched;
  const versions = new Map(
    row.versions.map((version) => {
      const known = isSameBounds ? before?.versions.get(version.number) : undefined;
      return [version.number, known ?? liveVersion(version, row)] as const;
    }),
  );
  const stable = versions.get(row.stable);
  if (!stable) throw new Error(`the model ${row.name} has no version ${row.stable}`);
  const { id, name, title, description, timeoutMs, rowsMax, queueMax, runnersMax, memoryMax } = row;
  return {
    ...{ id, name, title, description, timeoutMs, rowsMax, queueMax, runnersMax, memoryMax },
    access: accessOf(row),
    history: { kind: row.history as ModelHistory["kind"], days: row.historyDays },
    isBatched: row.isBatched,
    expenses: expensesOf(row),
    stable,
    next: row.next === null ? null : (versions.get(row.next) ?? null),
    versions,
    isPaused: row.pausedAt !== null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function liveVersion(row: VersionRow, model: ModelRow): LiveVersion {
  const inputs: TensorSpec[] = JSON.parse(row.inputs);
  const outputs: TensorSpec[] = JSON.parse(row.outputs);
  const signature: Signature = JSON.parse(row.signature);
  const upstream: Upstream | null = row.upstream === null ? null : JSON.parse(row.upstream);
  const runner = row.runner as LiveVersion["runner"];
  const file = row.fileSha256 === null ? null : modelFile(row.fileSha256);
  const headers = readHeaders(row);
  const about = { inputs, outputs, signature, runner, preset: upstream?.preset ?? null };
  // Most versions are never called again once the next one is in use: these are compiled by the first call.
  let reader: LiveVersion["reader"] | undefined;
  let writer: LiveVersion["writer"] | undefined;
  return {
    ...{ id: row.id, number: row.number, runner, file, upstream, headers, inputs, outputs, signature },
    get reader() {
      reader ??= compileRows(about);
      return reader;
    },
    get writer() {
      writer ??= compileResults(about);
      return writer;
    },
    onnx: file === null ? null : onnxTarget(row.id, file, inputs, outputs, model),
    http:
      upstream === null ? null : { id: row.id, upstream, headers, inputs, outputs, queueMax: model.queueMax },
  };
}

function onnxTarget(
  id: string,
  file: string,
  inputs: TensorSpec[],
  outputs: TensorSpec[],
  { runnersMax, queueMax, memoryMax, isBatched }: ModelRow,
): OnnxTarget {
  return { id, file, inputs, outputs, runnersMax, queueMax, memoryMax, isBatched };
}

type Models = ReadonlyMap<string, LiveModel>;

/** Stops what runs for versions that are gone or have other bounds now; calls that are running end first. */
export function retireReplaced(before: Models, after: Models): void {
  for (const old of before.values()) {
    const model = after.get(old.name);
    const isPausedNow = model?.isPaused === true && !old.isPaused;
    for (const version of old.versions.values())
      if (isPausedNow || model?.versions.get(version.number) !== version) retire(version);
  }
}

function retire({ id, runner }: LiveVersion): void {
  if (runner === "onnx") retireOnnx(id);
  else retireUpstream(id);
}

/** How the runners of a version are right now, in this process. */
export const reportOf = ({ id, runner }: LiveVersion): RunnerReport =>
  runner === "onnx" ? onnxReport(id) : upstreamReport(id);

export const headerNamesOf = (row: Pick<VersionRow, "headersSealed">): string[] =>
  Object.keys(readHeaders(row));
