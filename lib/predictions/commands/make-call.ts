import type { UserActor } from "../../core/actor";
import { AppError, type ErrorCode, isErrorCode } from "../../core/errors";
import { newId } from "../../core/ids";
import { isPending } from "../../core/pending";
import { now } from "../../infra/clock";
import { concurrencyPolicies, rateProblem } from "../../limits/domain";
import { enter, type Lease, type Refusal } from "../../limits/limiter";
import type { LiveModel, LiveVersion } from "../../models/queries";
import { currentPlan } from "../../plans/queries";
import { type CallBounds, type CallTimes, hasLeft } from "../../runners/domain";
import { noteCall } from "../numbers";
import { recordPrediction } from "../recorder";
import { inCallersWords } from "./caller-bounds";

export type Call = {
  actor: UserActor;
  model: LiveModel;
  version: LiveVersion;
  /** As the caller sent it. */
  input: unknown;
  rows: number;
  bounds: CallBounds;
};

export type Made<T> = { id: string; createdAt: Date; worked: T; output: unknown };

/**
 * A call that is valid: takes its place among the caller's running ones, has the work done, counts it, and keeps what
 * the model's history keeps. However it ends, the place is given back. Who went away meanwhile is told nothing, and
 * nothing is held against the model.
 */
export async function makeCall<T extends CallTimes>(
  { actor, model, version, input, rows, bounds }: Call,
  work: () => Promise<T>,
  /** What the history keeps of what the work gave. */
  outputOf: (worked: T) => unknown,
): Promise<Made<T>> {
  const entering = placeOf(actor);
  const place = accepted(isPending(entering) ? await entering : entering);
  const about = { id: newId("prd"), actor, model, version: version.number, input, rows, createdAt: now() };
  const startedAt = performance.now();
  try {
    const worked = await work();
    noteCall(model.id, rows, performance.now() - startedAt, false);
    const { queueMs, predictMs } = worked;
    const output = outputOf(worked);
    recordPrediction(about, { status: "succeeded", code: null, output, queueMs, predictMs });
    return { id: about.id, createdAt: about.createdAt, worked, output };
  } catch (error) {
    if (hasLeft(bounds))
      throw new AppError("request.malformed", {
        detail: "The caller was gone before the answer.",
        cause: error,
      });
    const predictMs = performance.now() - startedAt;
    noteCall(model.id, rows, predictMs, true);
    recordPrediction(about, { status: "failed", code: codeOf(error), output: null, queueMs: 0, predictMs });
    throw inCallersWords(error, bounds, model.timeoutMs);
  } finally {
    place.release();
  }
}

function placeOf(actor: UserActor): Lease | Refusal | Promise<Lease | Refusal> {
  const plan = currentPlan(actor.user.planId);
  return isPending(plan)
    ? plan.then((limits) => enter(concurrencyPolicies(actor, limits)))
    : enter(concurrencyPolicies(actor, plan));
}

function accepted(place: Lease | Refusal): Lease {
  if (!place.isAllowed) throw rateProblem(place, now());
  return place;
}

/** By its name: the error may come from a copy of its class that Next bundled for itself. */
function codeOf(error: unknown): ErrorCode {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return isErrorCode(code) ? code : "service.error";
}
