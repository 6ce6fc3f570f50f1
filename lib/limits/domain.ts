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
  // Of a key that is used quite unlike before: enough to notice, too little to gain anything.
  unusual: { limit: 6, windowMs: minuteMs },
} as const;

export const anonymousPolicy = (address: string, limit: number): Policy => ({
  name: "anonymous",
  limit,
  windowMs: fixedLimits.anonymous.windowMs,
  key: `address:${addressBucket(address)}`,
});

const userKey = (userId: string): string => `user:${userId}`;
const poolKey = (poolId: string): string => `pool:${poolId}`;

export const apiPolicy = (actor: Pick<UserActor, "user">): Policy => ({
  name: "api",
  ...fixedLimits.api,
  key: userKey(actor.user.id),
});

function windowPolicies(kind: "plan" | "key", { perMinute, perHour }: CallLimits, key: string): Policy[] {
  const policies: Policy[] = [];
  if (perMinute !== null)
    policies.push({ name: `${kind}-minute`, limit: perMinute, windowMs: minuteMs, key });
  if (perHour !== null) policies.push({ name: `${kind}-hour`, limit: perHour, windowMs: hourMs, key });
  return policies;
}

const unusualPolicy = (poolId: string): Policy => ({
  name: "key-unusual",
  ...fixedLimits.unusual,
  key: poolKey(poolId),
});

/** What a plan limits for one person, whoever calls for them. */
export const planPolicies = (userId: string, plan: CallLimits): Policy[] =>
  windowPolicies("plan", plan, userKey(userId));

export const planConcurrency = (userId: string, { concurrency }: CallLimits): ConcurrencyPolicy[] =>
  concurrency === null ? [] : [{ name: "plan-concurrency", limit: concurrency, key: userKey(userId) }];

/** What a call of the model counts against: the plan's limits for the user, and a key's own for its pool. */
export const callPolicies = (actor: UserActor, plan: CallLimits): Policy[] => [
  ...planPolicies(actor.user.id, plan),
  ...(actor.kind === "key" ? windowPolicies("key", actor.key.limits, poolKey(actor.key.poolId)) : []),
  ...(actor.kind === "key" && actor.key.isSlowed ? [unusualPolicy(actor.key.poolId)] : []),
];

export function concurrencyPolicies(actor: UserActor, plan: CallLimits): ConcurrencyPolicy[] {
  const policies = planConcurrency(actor.user.id, plan);
  if (actor.kind === "key" && actor.key.limits.concurrency !== null)
    policies.push({
      name: "key-concurrency",
      limit: actor.key.limits.concurrency,
      key: poolKey(actor.key.poolId),
    });
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
  const isUnusual = refusals.some(({ policy }) => policy.name === "key-unusual");
  const code = isAtOnce ? "rate.too_many_at_once" : isUnusual ? "key.unusual_use" : "rate.limited";
  const wait = seconds === 1 ? "a second" : `${seconds} seconds`;
  const details: Record<typeof code, string> = {
    "rate.too_many_at_once": "Too many calls at the same time. Wait for one of them to end.",
    "key.unusual_use": `This key was slowed down because it is used quite unlike before. Try again in ${wait}.`,
    "rate.limited": `Too many calls in a short time. Try again in ${wait}.`,
  };
  return new AppError(code, {
    detail: details[code],
    retryAfterSeconds: seconds,
    headers: rateHeaders(verdict, now),
    extra: {
      type: `https://iana.org/assignments/http-problem-types#${isUnusual ? "abnormal-usage-detected" : "quota-exceeded"}`,
      "violated-policies": refusals.map(({ policy }) => policy.name),
    },
  });
}
