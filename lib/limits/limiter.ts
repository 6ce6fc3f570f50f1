import { nowMs } from "../infra/clock";
import { isRedisConfigured } from "../infra/redis";
import { singleton } from "../infra/singleton";
import { callers, chargesOf, counterName, lookLocally, strangers, takeLocally } from "./counters";
import {
  anonymousPolicy,
  type ConcurrencyPolicy,
  type Policy,
  type PolicyStanding,
  unlimited,
  type Verdict,
} from "./domain";
import { lookShared, takeShared } from "./shared/counters";
import { askForPlace, askHowManyRun, holdPlace, leavePlace, newPlace } from "./shared/places";

/** Counts one call against all policies or against none. Answers at once when nothing is shared. */
export function takeCall(policies: readonly Policy[], cost = 1): Verdict | Promise<Verdict> {
  if (policies.length === 0) return unlimited;
  const charges = chargesOf(callers(), policies, cost);
  return isRedisConfigured() ? takeShared(charges) : takeLocally(charges, nowMs());
}

/** How one more call would stand with each policy. Counts nothing. */
export async function lookAtCalls(policies: readonly Policy[]): Promise<PolicyStanding[]> {
  if (policies.length === 0) return [];
  const charges = chargesOf(callers(), policies, 1);
  return isRedisConfigured() ? lookShared(charges) : lookLocally(charges, nowMs());
}

/** How many calls run right now under each policy. */
export async function countRunning(policies: readonly ConcurrencyPolicy[]): Promise<number[]> {
  const shared = isRedisConfigured() ? await askHowManyRun(policies) : undefined;
  return shared ?? policies.map(runningHere);
}

/** Counts a call without a valid credential. In this process only: a stranger's call makes nobody wait. */
export const countStranger = (address: string, max: number): Verdict =>
  takeLocally(chargesOf(strangers(), [anonymousPolicy(address, max)], 1), nowMs());

/** Has this address used up what strangers get? Counts nothing. */
export function isFlooding(address: string, max: number): boolean {
  const counter = strangers().get(counterName(anonymousPolicy(address, max)));
  return counter !== undefined && counter.check(nowMs(), 1, max).retryMs > 0;
}

/** A place among the calls that run at the same time. `release` it when the call has ended; twice does no harm. */
export type Lease = { isAllowed: true; release: () => void };
export type Refusal = Verdict & { isAllowed: false };

/** How many run right now, of this process; holds nothing else. */
const running = () => singleton("limit-running", () => new Map<string, number>());
const runningName = ({ name, key }: ConcurrencyPolicy): string => `${name}|${key}`;
const runningHere = (policy: ConcurrencyPolicy): number => running().get(runningName(policy)) ?? 0;

/** Takes a place under every policy or under none. */
export function enter(policies: readonly ConcurrencyPolicy[]): Lease | Refusal | Promise<Lease | Refusal> {
  if (policies.length === 0) return { isAllowed: true, release: () => {} };
  return isRedisConfigured() ? enterShared(policies) : enterLocally(policies);
}

function enterLocally(policies: readonly ConcurrencyPolicy[], onRelease = () => {}): Lease | Refusal {
  const isFull = policies.some((policy) => runningHere(policy) >= policy.limit);
  return isFull ? refusal(policies, policies.map(runningHere)) : takePlace(policies, onRelease);
}

/** With Redis for all processes together; while it is away, this one decides by what it runs itself. */
async function enterShared(policies: readonly ConcurrencyPolicy[]): Promise<Lease | Refusal> {
  const place = newPlace(policies);
  const leave = () => leavePlace(place);
  const answer = await askForPlace(place, policies);
  if (answer && !answer.isAllowed) return refusal(policies, answer.taken);
  const lease = answer ? takePlace(policies, leave) : enterLocally(policies, leave);
  if (lease.isAllowed) holdPlace(place);
  // It may have been asked for, and given after we stopped waiting.
  else leave();
  return lease;
}

function refusal(policies: readonly ConcurrencyPolicy[], taken: readonly number[]): Refusal {
  const standings = policies.map((policy, index): PolicyStanding => {
    const remaining = Math.max(0, policy.limit - (taken[index] ?? 0));
    return { policy, remaining, resetMs: 0, retryMs: remaining > 0 ? 0 : 1 };
  });
  return { isAllowed: false, standings };
}

function takePlace(policies: readonly ConcurrencyPolicy[], onRelease: () => void): Lease {
  for (const policy of policies) running().set(runningName(policy), runningHere(policy) + 1);
  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    for (const policy of policies) {
      const left = runningHere(policy) - 1;
      if (left > 0) running().set(runningName(policy), left);
      else running().delete(runningName(policy));
    }
    onRelease();
  };
  return { isAllowed: true, release };
}
