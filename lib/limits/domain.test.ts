import { describe, expect, test } from "vitest";
import type { CallLimits, KeyActor, SessionActor } from "../core/actor";
import {
  anonymousPolicy,
  apiPolicy,
  callPolicies,
  concurrencyPolicies,
  joinVerdicts,
  type Policy,
  type PolicyStanding,
  rateHeaders,
  rateProblem,
  type Verdict,
} from "./domain";

const origin = { requestId: "req_1", address: "192.0.2.1", userAgent: "test" };
const user = { id: "usr_1", email: "a@b.c", name: "A", role: "member", planId: "free" };
const inBrowser: SessionActor = { kind: "session", origin, user, sessionId: "ses_1" };
const withKey = (limits: CallLimits): KeyActor => ({
  kind: "key",
  origin,
  user,
  scopes: [],
  key: { id: "key_2", name: "k", models: null, poolId: "key_1", limits, isSlowed: false },
});
const free: CallLimits = { perMinute: 10, perHour: 100, concurrency: 2 };
const none: CallLimits = { perMinute: null, perHour: null, concurrency: null };

describe("who is counted", () => {
  test("a user by the plan, whatever the credential", () => {
    const expected = [
      { name: "plan-minute", limit: 10, windowMs: 60_000, key: "user:usr_1" },
      { name: "plan-hour", limit: 100, windowMs: 3_600_000, key: "user:usr_1" },
    ];
    expect(callPolicies(inBrowser, free)).toEqual(expected);
    expect(callPolicies(withKey(none), free)).toEqual(expected);
  });

  test("a key with limits of its own by its pool besides, so that rolling it changes nothing", () => {
    expect(callPolicies(withKey({ perMinute: 3, perHour: null, concurrency: 1 }), none)).toEqual([
      { name: "key-minute", limit: 3, windowMs: 60_000, key: "pool:key_1" },
    ]);
    expect(concurrencyPolicies(withKey({ ...none, concurrency: 1 }), free)).toEqual([
      { name: "plan-concurrency", limit: 2, key: "user:usr_1" },
      { name: "key-concurrency", limit: 1, key: "pool:key_1" },
    ]);
  });

  test("a key that is used unlike before by six calls a minute besides", () => {
    const { key, ...rest } = withKey(none);
    expect(callPolicies({ ...rest, key: { ...key, isSlowed: true } }, none)).toEqual([
      { name: "key-unusual", limit: 6, windowMs: 60_000, key: "pool:key_1" },
    ]);
  });

  test("nobody where nothing is limited; a limit of 0 is one", () => {
    expect(callPolicies(withKey(none), none)).toEqual([]);
    expect(concurrencyPolicies(inBrowser, none)).toEqual([]);
    expect(callPolicies(inBrowser, { ...none, perMinute: 0 })).toHaveLength(1);
  });

  test("strangers by their network, and every user by a limit that no plan lifts", () => {
    expect(anonymousPolicy("2001:db8::1", 100).key).toBe(anonymousPolicy("2001:db8::2", 100).key);
    expect(anonymousPolicy("192.0.2.1", 100).key).not.toBe(anonymousPolicy("192.0.2.2", 100).key);
    expect(apiPolicy(inBrowser)).toEqual({ name: "api", limit: 1_200, windowMs: 60_000, key: "user:usr_1" });
  });
});

const at = new Date("2026-11-21T12:00:00.250Z");
const atSeconds = at.getTime() / 1000;

function standing(
  name: string,
  limit: number,
  remaining: number,
  resetMs: number,
  retryMs = 0,
): PolicyStanding {
  const policy: Policy = { name, limit, windowMs: name.endsWith("hour") ? 3_600_000 : 60_000, key: "user:u" };
  return { policy, remaining, resetMs, retryMs };
}
const accepted = (...standings: PolicyStanding[]): Verdict => ({ isAllowed: true, standings });
const refused = (...standings: PolicyStanding[]): Verdict => ({ isAllowed: false, standings });

describe("what the caller is told", () => {
  test("of an accepted call: every policy, and the most restrictive for older clients", () => {
    const verdict = accepted(
      standing("plan-minute", 10, 9, 11_001),
      standing("plan-hour", 100, 42, 3_000_000),
    );
    expect(rateHeaders(verdict, at)).toEqual({
      "RateLimit-Policy": '"plan-minute";q=10;w=60, "plan-hour";q=100;w=3600',
      RateLimit: '"plan-minute";r=9;t=12, "plan-hour";r=42;t=3000',
      "X-RateLimit-Limit": "10",
      "X-RateLimit-Remaining": "9",
      "X-RateLimit-Reset": String(Math.ceil(atSeconds + 11.001)),
    });
  });

  test("of two with as little left, the one that takes longer", () => {
    const verdict = accepted(standing("plan-minute", 10, 5, 8_000), standing("plan-hour", 100, 5, 9_000));
    expect(rateHeaders(verdict, at)["X-RateLimit-Limit"]).toBe("100");
  });

  test("of a refused call: when a retry is accepted, never earlier than any t", () => {
    const verdict = refused(
      standing("plan-minute", 10, 0, 11_001, 11_001),
      standing("plan-hour", 100, 3, 3_000_000),
      standing("key-minute", 5, 0, 2_000, 20_500),
    );
    const headers = rateHeaders(verdict, at);
    expect(headers).toMatchObject({
      RateLimit: '"plan-minute";r=0;t=12, "key-minute";r=0;t=2',
      "RateLimit-Policy": '"plan-minute";q=10;w=60, "plan-hour";q=100;w=3600, "key-minute";q=5;w=60',
      "X-RateLimit-Limit": "10",
      "X-RateLimit-Remaining": "0",
      "Retry-After": "21",
    });
    for (const [, t] of (headers.RateLimit ?? "").matchAll(/t=(\d+)/g))
      expect(Number(t)).toBeLessThanOrEqual(Number(headers["Retry-After"]));
  });

  test("at least a second, also for the last millisecond", () =>
    expect(rateHeaders(refused(standing("plan-minute", 1, 0, 1, 1)), at)["Retry-After"]).toBe("1"));

  test("nothing where nothing is limited", () => expect(rateHeaders(accepted(), at)).toEqual({}));

  test("a refusal is a problem of the registered type that names what was violated", () => {
    const verdict = refused(
      standing("plan-minute", 10, 0, 11_001, 11_001),
      standing("plan-hour", 100, 3, 9_000),
    );
    const problem = rateProblem(verdict, at);
    expect(problem).toMatchObject({
      code: "rate.limited",
      message: "Too many calls in a short time. Try again in 12 seconds.",
      retryAfterSeconds: 12,
      extra: {
        type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "violated-policies": ["plan-minute"],
      },
    });
    expect(problem.headers).toEqual(rateHeaders(verdict, at));
  });

  test("too many at once is another code, and counts in concurrent requests", () => {
    const policy = { name: "plan-concurrency", limit: 2, key: "user:u" };
    const verdict = refused({ policy, remaining: 0, resetMs: 0, retryMs: 1 });
    expect(rateProblem(verdict, at)).toMatchObject({
      code: "rate.too_many_at_once",
      retryAfterSeconds: 1,
      extra: { "violated-policies": ["plan-concurrency"] },
      headers: {
        "RateLimit-Policy": '"plan-concurrency";q=2;qu="concurrent-requests"',
        RateLimit: '"plan-concurrency";r=0',
        "X-RateLimit-Remaining": "0",
      },
    });
  });

  test("several verdicts about one call are one", () => {
    const [fine, bad] = [standing("api", 1_200, 5, 1_000), standing("plan-minute", 10, 0, 500, 500)];
    expect(joinVerdicts(accepted(fine), refused(bad))).toEqual({ isAllowed: false, standings: [fine, bad] });
    expect(joinVerdicts(accepted(fine), accepted()).isAllowed).toBe(true);
  });
});
