import type { UserActor } from "../../core/actor";
import { type ErrorCode, isErrorCode } from "../../core/errors";
import { costOf, isBounded, type Prices } from "../../core/money";
import { secondMs } from "../../core/time";
import { log } from "../../infra/log";
import type { LiveModel, LiveVersion } from "../../models/queries";
import type { PlanTerms } from "../../plans/queries";
import type { CallTimes } from "../../runners/domain";
import type { CallRecord, Hold } from "../../usage/domain";
import { recordCall, reserve } from "../../usage/ledger";
import { boundOf } from "../domain";

export type Metered = {
  id: string;
  actor: UserActor;
  model: LiveModel;
  version: LiveVersion;
  input: unknown;
  rows: number;
  createdAt: Date;
};

/** A hold outlives the longest call by this: for waiting in line, and for writing the record. */
const graceMs = 30 * secondMs;

/** Holds what the call may come to at most, or throws the refusal; of a plan without quota and budget nothing. */
export function holdFor(call: Metered, { prices, bounds }: PlanTerms): Promise<Hold | null> | null {
  if (!isBounded(bounds)) return null;
  const { actor, model } = call;
  return reserve(actor.user.id, bounds, boundOf({ ...call, prices }), model.timeoutMs + graceMs);
}

export type Worked = CallTimes & { tokens?: number };

/** What a call that succeeded came to: never more than what is held for such a call, and an estimate says. */
export function costOfCall(call: Metered, prices: Prices, worked: Worked, hold: Hold | null): number {
  const cost = costOf(prices, { rows: call.rows, ms: worked.predictMs, tokens: worked.tokens ?? 0 });
  return Math.min(cost, (hold ?? boundOf({ ...call, prices })).cost);
}

const recordOf = ({ id, actor, model, version, rows, createdAt }: Metered, worked: Worked): CallRecord => ({
  id,
  userId: actor.user.id,
  keyId: actor.kind === "key" ? actor.key.id : null,
  modelId: model.id,
  version: version.number,
  at: createdAt.getTime(),
  code: null,
  rows,
  units: rows,
  cost: 0,
  expense: 0,
  tokens: worked.tokens ?? 0,
  queueMs: worked.queueMs,
  workMs: worked.predictMs,
});

/** An answered call is a recorded call: the answer waits for this. */
export function recordSuccess(call: Metered, cost: number, worked: Worked, hold: Hold | null): Promise<void> {
  const record = recordOf(call, worked);
  const { model, rows } = call;
  record.cost = cost;
  record.expense = costOf(model.expenses, { rows, ms: worked.predictMs, tokens: record.tokens });
  return recordCall(record, hold);
}

/**
 * Costs nothing and gives the hold back, which a caller that tries again at once must find free. Without a hold there
 * is nothing to wait for; and what the caller has to hear of is the failure, not that it could not be recorded.
 */
export async function recordFailure(
  call: Metered,
  code: ErrorCode,
  predictMs: number,
  hold: Hold | null,
): Promise<void> {
  const record = recordOf(call, { queueMs: 0, predictMs });
  record.code = code;
  record.units = 0;
  const recording = recordCall(record, hold).catch((err: unknown) =>
    log().warn({ err, prediction: call.id }, "a failed call could not be recorded"),
  );
  if (hold) await recording;
}

/** By its name: the error may come from a copy of its class that Next bundled for itself. */
export function codeOf(error: unknown): ErrorCode {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return isErrorCode(code) ? code : "service.error";
}
