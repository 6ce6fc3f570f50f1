import { AppError } from "../../core/errors";
import { reportOf } from "../../models/live";
import type { LiveModel, LiveVersion } from "../../models/queries";
import { type Results, runVersion } from "../../predictions/commands/run-version";
import { measuredSpeed, noteSpeed } from "./model-speed";

export type Ran = { results: unknown[]; queueMs: number; workMs: number; tokens: number };

/** So long a model works for a task at a stretch: a caller who comes then waits no longer. */
const stretchMs = 30;
/** Where nothing is known of its speed yet. */
const firstRows = 5;
/** While callers wait for the model, the next rows do too; but never for good. */
const courtesyMs = 1_000;
const lookMs = 5;

/** Do callers wait for this model right now? They come before the rows of tasks. */
export const isWaitedFor = (version: LiveVersion): boolean => reportOf(version).queued > 0;

/**
 * Runs the rows of a piece, as calls run them, in portions as large as the model does in a moment. `ran` tells what
 * was worked so far, also when it ends with an error.
 */
export async function runPiece(
  model: LiveModel,
  version: LiveVersion,
  rows: readonly Record<string, unknown>[],
  signal: AbortSignal,
  ran: Ran,
): Promise<void> {
  for (let start = 0; start < rows.length; ) {
    if (start > 0) await giveWay(version, signal);
    if (signal.aborted) throw new AppError("service.unavailable");
    const portion = rows.slice(start, start + portionOf(model, version));
    const read = version.reader.read(portion, true, portion.length);
    const bounds = { timeoutMs: model.timeoutMs, signal };
    const worked: Results & { tokens?: number } = await runVersion(version, version.writer, read, bounds);
    if (worked.results.length !== portion.length)
      throw new AppError("model.failed", { detail: "The model gave another number of results than rows." });
    noteSpeed(model.id, portion.length, worked.predictMs);
    ran.results.push(...worked.results);
    ran.queueMs += worked.queueMs;
    ran.workMs += worked.predictMs;
    ran.tokens += worked.tokens ?? 0;
    start += portion.length;
  }
}

function portionOf({ id, rowsMax }: LiveModel, { reader }: LiveVersion): number {
  if (reader.isSingle) return 1;
  const rowMs = measuredSpeed(id);
  const rows = rowMs === null ? firstRows : Math.floor(stretchMs / Math.max(rowMs, 0.001));
  return Math.max(1, Math.min(rows, rowsMax));
}

async function giveWay(version: LiveVersion, signal: AbortSignal): Promise<void> {
  const until = performance.now() + courtesyMs;
  while (isWaitedFor(version) && performance.now() < until && !signal.aborted)
    await new Promise((resolve) => setTimeout(resolve, lookMs));
}
