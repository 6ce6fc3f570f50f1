import type { UserActor } from "../core/actor";
import { isPending } from "../core/pending";
import { now } from "../infra/clock";
import type { LiveKey } from "../keys/queries";
import { apiPolicy, callPolicies, type Policy, rateProblem, type Verdict } from "../limits/domain";
import { takeCall } from "../limits/limiter";
import { currentPlan } from "../plans/queries";

/** A program that shows its key as an OAuth client is one request of the key's owner. */
export const countClient = (key: LiveKey): Verdict | Promise<Verdict> => take([apiPolicy(key)]);

/** Counts a request of somebody known, once; throws when it is one too many. */
export function countRequest(actor: UserActor, limit: "call" | undefined): Verdict | Promise<Verdict> {
  if (limit !== "call") return take([apiPolicy(actor)]);
  const plan = currentPlan(actor.user.planId);
  return isPending(plan)
    ? plan.then((limits) => take(callPolicies(actor, limits)))
    : take(callPolicies(actor, plan));
}

function take(policies: readonly Policy[]): Verdict | Promise<Verdict> {
  const verdict = takeCall(policies);
  return isPending(verdict) ? verdict.then(accepted) : accepted(verdict);
}

function accepted(verdict: Verdict): Verdict {
  if (!verdict.isAllowed) throw rateProblem(verdict, now());
  return verdict;
}
