import type { CallLimits, UserActor } from "../core/actor";
import { addressBucket } from "../core/address";
import { AppError } from "../core/errors";
import type { Standing } from "../core/sliding-window";
import { hourMs, minuteMs, secondMs } from "../core/time";

/** So much in so long, counted for `key`: "user:usr_x". */
export type Policy = {
  name: string;
  limit: number;
  windowMs: number;
  key: string;
  /** What a call counts here; else what the call itself costs. */
  cost?: number;
};

/** So many at the same time. */
export type ConcurrencyPolicy = { name: string; limit: number; key: string };

/**
 * The limits that are no plan's. Plans and keys bring their own numbers; the one of strangers is a setting, whose
 * default is written there.
 */
export const fixedLimits = {
  // Garbage costs an answer each. Who has no credential, or a wrong one, gets enough to find the mistake.
  anonymous: { windowMs: minuteMs },
  // Nobody needs this many by hand. It keeps a program gone wild from taking the whole machine.
  api: { limit: 1_200, windowMs: minuteMs },
} as const;

export const anonymousPolicy = (address: string, limit: number): Policy => ({
  name: "anonymous",
  limit,
  windowMs: fixedLimits.anonymous.windowMs,
  key: `address:${addressBucket(address)}`,
});

const userKey = (actor: Pick<UserActor, "user">): string => `user:${actor.user.id}`;
const poolKey = (poolId: string): string => `pool:${poolId}`;

export const apiPolicy = (actor: Pick<UserActor, "user">): Policy => ({
  name: "api",
  ...fixedLimits.api,
  key: userKey(actor),
});

function windowPolicies(kind: "plan" | "key", { perMinute, perHour }: CallLimits, key: string): Policy[] {
  const policies: Policy[] = [];
  if (perMinute !== null)
    policies.push({ name: `${kind}-minute`, limit: perMinute, windowMs: minuteMs, key });
  if (perHour !== null) policies.push({ name: `${kind}-hour`, limit: perHour, windowMs: hourMs, key });
  return policies;
}

/** What a call of the model counts against: the plan's limits for the user, and a key's own for its pool. */
export const callPolicies = (actor: UserActor, plan: CallLimits): Policy[] => [
  ...windowPolicies("plan", plan, userKey(actor)),
  ...(actor.kind === "key" ? windowPolicies("key", actor.key.limits, poolKey(actor.key.poolId)) : []),
];

export function concurrencyPolicies(actor: UserActor, plan: CallLimits): ConcurrencyPolicy[] {
  const policies: ConcurrencyPolicy[] = [];
  const add = (name: string, limit: number | null, key: string) => {
    if (limit !== null) policies.push({ name, limit, key });
  };
  add("plan-concurrency", plan.concurrency, userKey(actor));
  if (actor.kind === "key") add("key-concurrency", actor.key.limits.concurrency, poolKey(actor.key.poolId));
  return policies;
}

export type PolicyStanding = Standing & { policy: Policy | ConcurrencyPolicy };

/** The answer to a call: how every policy stands after it, or without it if it was refused. */
export type Verdict = { isAllowed: boolean; standings: readonly PolicyStanding[] };

/** Nothing limits the call. */
export const unlimited: Verdict = { isAllowed: true, standings: [] };

/** Of several verdicts about one request: allowed by all of them. */
export const joinVerdicts = (...verdicts: readonly Verdict[]): Verdict => ({
  isAllowed: verdicts.every(({ isAllowed }) => isAllowed),
  standings: verdicts.flatMap(({ standings }) => standings),
});

const isConcurrency = (policy: Policy | ConcurrencyPolicy): boolean => !("windowMs" in policy);

const violated = ({ standings }: Verdict): PolicyStanding[] => standings.filter(({ retryMs }) => retryMs > 0);

const wholeSeconds = (ms: number): number => Math.ceil(ms / secondMs);

const policyItem = ({ policy }: PolicyStanding): string =>
  "windowMs" in policy
    ? `"${policy.name}";q=${policy.limit};w=${wholeSeconds(policy.windowMs)}`
    : `"${policy.name}";q=${policy.limit};qu="concurrent-requests"`;

const standingItem = ({ policy, remaining, resetMs }: PolicyStanding): string =>
  `"${policy.name}";r=${remaining}${isConcurrency(policy) ? "" : `;t=${wholeSeconds(resetMs)}`}`;

/** The one that will stop the caller first: the least left, and of those the longest wait. */
const mostRestrictive = (standings: readonly PolicyStanding[]): PolicyStanding | undefined =>
  standings.reduce<PolicyStanding | undefined>(
    (worst, one) =>
      worst === undefined ||
      one.remaining < worst.remaining ||
      (one.remaining === worst.remaining && one.resetMs > worst.resetMs)
        ? one
        : worst,
    undefined,
  );

/** When a retry is accepted, if nobody else calls. For calls that run nobody can know: a second. */
const retryAfterSeconds = (verdict: Verdict): number =>
  Math.max(1, ...violated(verdict).map(({ retryMs }) => wholeSeconds(retryMs)));

/** The headers of draft-ietf-httpapi-ratelimit-headers, and the older ones that more clients know. */
export function rateHeaders(verdict: Verdict, now: Date): Record<string, string> {
  const { isAllowed, standings } = verdict;
  // Of a refusal only what refused it: no `t` may be later than Retry-After.
  const shown = isAllowed ? standings : violated(verdict);
  const worst = mostRestrictive(shown);
  if (!worst) return {};
  return {
    "RateLimit-Policy": standings.map(policyItem).join(", "),
    RateLimit: shown.map(standingItem).join(", "),
    "X-RateLimit-Limit": String(worst.policy.limit),
    "X-RateLimit-Remaining": String(worst.remaining),
    "X-RateLimit-Reset": String(wholeSeconds(now.getTime() + worst.resetMs)),
    ...(isAllowed ? {} : { "Retry-After": String(retryAfterSeconds(verdict)) }),
  };
}

/** A refusal as an error; the headers are those of `rateHeaders`. */
export function rateProblem(verdict: Verdict, now: Date): AppError {
  const refusals = violated(verdict);
  const seconds = retryAfterSeconds(verdict);
  const isAtOnce = refusals.every(({ policy }) => isConcurrency(policy));
  return new AppError(isAtOnce ? "rate.too_many_at_once" : "rate.limited", {
    detail: isAtOnce
      ? "Too many calls at the same time. Wait for one of them to end."
      : `Too many calls in a short time. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`,
    retryAfterSeconds: seconds,
    headers: rateHeaders(verdict, now),
    extra: {
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      "violated-policies": refusals.map(({ policy }) => policy.name),
    },
  });
}
