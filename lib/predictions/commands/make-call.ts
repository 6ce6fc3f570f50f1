import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { isPending } from "../../core/pending";
import { now } from "../../infra/clock";
import { log } from "../../infra/log";
import { concurrencyPolicies, rateProblem } from "../../limits/domain";
import { enter, type Lease, type Refusal } from "../../limits/limiter";
import type { LiveModel, LiveVersion } from "../../models/queries";
import { currentPlan, type PlanTerms } from "../../plans/queries";
import { type CallBounds, hasLeft } from "../../runners/domain";
import type { Hold } from "../../usage/domain";
import { release } from "../../usage/ledger";
import { noteCall } from "../numbers";
import { recordPrediction } from "../recorder";
import { inCallersWords } from "./caller-bounds";
import {
  codeOf,
  costOfCall,
  holdFor,
  type Metered,
  recordFailure,
  recordSuccess,
  type Worked,
} from "./meter-call";

export type Call = {
  actor: UserActor;
  model: LiveModel;
  version: LiveVersion;
  /** As the caller sent it. */
  input: unknown;
  rows: number;
  bounds: CallBounds;
};

/** `cost` in nanos. */
export type Made<T> = { id: string; createdAt: Date; worked: T; output: unknown; cost: number };

/**
 * A call that is valid: takes its place among the caller's running ones, holds what it may cost, has the work done,
 * records it, and keeps what the model's history keeps. However it ends, the place is given back. Who went away
 * meanwhile is told nothing, and nothing is held against the model.
 */
export async function makeCall<T extends Worked>(
  { actor, model, version, input, rows, bounds }: Call,
  work: () => Promise<T>,
  /** What the history keeps of what the work gave. */
  outputOf: (worked: T) => unknown,
): Promise<Made<T>> {
  const finding = currentPlan(actor.user.planId);
  const plan = isPending(finding) ? await finding : finding;
  const entering = enter(concurrencyPolicies(actor, plan));
  const place = accepted(isPending(entering) ? await entering : entering);
  const call: Metered = { id: newId("prd"), actor, model, version, input, rows, createdAt: now() };
  try {
    const holding = holdFor(call, plan);
    return await workOn(call, holding && (await holding), { plan, bounds, work, outputOf });
  } finally {
    place.release();
  }
}

type Work<T> = {
  plan: PlanTerms;
  bounds: CallBounds;
  work: () => Promise<T>;
  outputOf: (worked: T) => unknown;
};

async function workOn<T extends Worked>(
  call: Metered,
  hold: Hold | null,
  { plan, bounds, work, outputOf }: Work<T>,
): Promise<Made<T>> {
  const { id, model, rows, createdAt } = call;
  const startedAt = performance.now();
  let worked: T;
  let output: unknown;
  try {
    worked = await work();
    output = outputOf(worked);
  } catch (error) {
    if (hasLeft(bounds)) {
      if (hold) await release(hold).catch(warn);
      throw new AppError("request.malformed", {
        detail: "The caller was gone before the answer.",
        cause: error,
      });
    }
    const predictMs = performance.now() - startedAt;
    const code = codeOf(error);
    noteCall(model.id, rows, predictMs, true);
    await recordFailure(call, code, predictMs, hold);
    recordPrediction(call, { status: "failed", code, output: null, queueMs: 0, predictMs });
    throw inCallersWords(error, bounds, model.timeoutMs);
  }
  noteCall(model.id, rows, performance.now() - startedAt, false);
  const cost = costOfCall(call, plan.prices, worked, hold);
  await recordSuccess(call, cost, worked, hold);
  const { queueMs, predictMs } = worked;
  recordPrediction(call, { status: "succeeded", code: null, output, queueMs, predictMs });
  return { id, createdAt, worked, output, cost };
}

/** It comes back by itself when its time is over. */
const warn = (err: unknown): void => log().warn({ err }, "a hold could not be given back");

function accepted(place: Lease | Refusal): Lease {
  if (!place.isAllowed) throw rateProblem(place, now());
  return place;
}
