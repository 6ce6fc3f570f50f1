import type { z } from "zod";
import type { UserActor } from "../../core/actor";
import type { AppError } from "../../core/errors";
import { asMoney } from "../../core/money";
import { isPending } from "../../core/pending";
import { now } from "../../infra/clock";
import { env } from "../../infra/env";
import { callPolicies, concurrencyPolicies, type PolicyStanding, rateProblem } from "../../limits/domain";
import { countRunning, lookAtCalls } from "../../limits/limiter";
import { currentPlan, type PlanTerms } from "../../plans/queries";
import type { Amount } from "../../usage/domain";
import { limitsLeft, readStanding } from "../../usage/queries/limits-left";
import { refusalOf } from "../../usage/refusal";
import { boundOf, usualCost } from "../domain";
import { modelNumbers } from "../numbers";
import type { estimateView, PredictBody } from "../schema";
import { findVersion } from "./find-version";

/**
 * What a call would come to, and whether it would be let in: validated and priced by what the call itself uses, and
 * counted nowhere. The answer is of this moment; only the call itself holds what it needs.
 */
export async function estimateCall(
  actor: UserActor,
  body: PredictBody,
): Promise<z.input<typeof estimateView>> {
  const finding = findVersion(actor, body.model, body.version);
  const { model, version } = isPending(finding) ? await finding : finding;
  const isBatch = body.inputs !== undefined;
  const inputs = body.inputs ?? [body.input ?? {}];
  version.reader.read(inputs, isBatch, model.rowsMax);
  const plan = await currentPlan(actor.user.planId);
  const { prices } = plan;
  const input = isBatch ? inputs : inputs[0];
  const call = { model, version, input, rows: inputs.length, prices };
  const most = boundOf(call);
  const usual = usualCost(call, modelNumbers(model.id).p50Ms);
  const [{ limits }, refusal] = await Promise.all([limitsLeft(actor), refusalNow(actor, plan, most)]);
  return {
    model: model.name,
    version: version.number,
    rows: inputs.length,
    units: most.units,
    currency: env().currency,
    cost: usual === null ? null : asMoney(Math.min(usual, most.cost)),
    cost_max: asMoney(most.cost),
    would_pass: refusal === null,
    reason: refusal && { code: refusal.code, detail: refusal.message },
    limits,
  };
}

/** In the order in which a call meets them: rate, calls at once, quota and budget. */
async function refusalNow(actor: UserActor, plan: PlanTerms, most: Amount): Promise<AppError | null> {
  const at = now();
  const places = concurrencyPolicies(actor, plan);
  const [calls, running, standing] = await Promise.all([
    lookAtCalls(callPolicies(actor, plan)),
    countRunning(places),
    readStanding(actor.user.id, at.getTime()),
  ]);
  const atOnce = places.map((policy, index): PolicyStanding => {
    const remaining = Math.max(0, policy.limit - (running[index] ?? 0));
    return { policy, remaining, resetMs: 0, retryMs: remaining > 0 ? 0 : 1 };
  });
  const standings = [calls, atOnce].find((some) => some.some(({ retryMs }) => retryMs > 0));
  if (standings) return rateProblem({ isAllowed: false, standings }, at);
  return refusalOf(standing, plan.bounds, most, { at: at.getTime(), currency: env().currency });
}
