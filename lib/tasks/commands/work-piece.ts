import type { ErrorCode } from "../../core/errors";
import { minuteMs, secondMs } from "../../core/time";
import { isDatabaseUnavailable } from "../../infra/db/errors";
import { log } from "../../infra/log";
import type { LiveModel, LiveVersion } from "../../models/queries";
import { codeOf } from "../../predictions/commands/meter-call";
import { type Claimed, putBack, renewClaim, renewMs } from "./claim-piece";
import { endPiece, failPiece } from "./end-piece";
import { type Ran, runPiece } from "./run-piece";
import { settleTask } from "./settle-task";

/** How often the rows of a piece are tried before they are given up, and how long after the first failure again. */
const attemptsMax = 5;
const firstPauseMs = secondMs;
const pauseMsMax = minuteMs;
/** What a worker that died held is taken up by another; rows that kill every worker are not. */
const claimsMax = 10;
/** While the database is away, what was worked out is kept for so long. */
const endingMs = 8 * secondMs;

/** Full, or left alone: nothing is wrong with the rows, so it does not count. */
const passing: readonly ErrorCode[] = ["model.busy", "model.paused", "upstream.resting"];
/** The same rows would fail in the same way. */
const lasting: readonly ErrorCode[] = ["request.invalid", "model.failed"];

/** Runs a piece that was claimed, and writes down how that ended. */
export async function workPiece(
  piece: Claimed,
  { model, version }: { model: LiveModel; version: LiveVersion },
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const renewing = setInterval(() => {
    renewClaim(piece).then(
      (isMine) => isMine || lost.abort(),
      () => {},
    );
  }, renewMs);
  const ran: Ran = { results: [], queueMs: 0, workMs: 0, tokens: 0 };
  try {
    if (piece.attempts > claimsMax) {
      await end(piece, () => failPiece(piece, "service.error", ran, model.expenses));
      return;
    }
    await runPiece(model, version, piece.input, AbortSignal.any([stopping, lost.signal]), ran);
    await end(piece, () => endPiece(piece, ran, model.expenses));
  } catch (error) {
    if (stopping.aborted) await putBack(piece, 0, false);
    else if (!lost.signal.aborted) await tryLater(piece, error, ran, model);
  } finally {
    clearInterval(renewing);
  }
}

async function end(piece: Claimed, write: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + endingMs;
  for (;;) {
    try {
      if (await write()) await settleTask(piece.taskId);
      return;
    } catch (error) {
      // Written or not: who asks again either finds the claim and writes, or does not and changes nothing.
      if (!isDatabaseUnavailable(error) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, secondMs));
    }
  }
}

async function tryLater(piece: Claimed, error: unknown, ran: Ran, model: LiveModel): Promise<void> {
  const code = codeOf(error);
  const isPassing = passing.includes(code);
  if (code === "service.error" || code === "service.unavailable")
    log().warn({ err: error, task: piece.taskId, piece: piece.number }, "rows of a task could not be run");
  const isGivenUp = !isPassing && (lasting.includes(code) || piece.attempts >= attemptsMax);
  if (isGivenUp) return end(piece, () => failPiece(piece, code, ran, model.expenses));
  const pauseMs = Math.min(pauseMsMax, firstPauseMs * 2 ** (piece.attempts - 1));
  await putBack(piece, Math.max(pauseMs, retryMsOf(error)), !isPassing);
  await settleTask(piece.taskId);
}

function retryMsOf(error: unknown): number {
  const seconds = error instanceof Error && "retryAfterSeconds" in error ? error.retryAfterSeconds : 0;
  return typeof seconds === "number" ? Math.min(pauseMsMax, seconds * secondMs) : 0;
}
