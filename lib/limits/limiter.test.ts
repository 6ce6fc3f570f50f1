import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moveClock, resetClock } from "../infra/clock";
import { takeSingleton } from "../infra/singleton";
import { callers, callersMax, strangers, strangersMax } from "./counters";
import type { ConcurrencyPolicy, Policy, Verdict } from "./domain";
import {
  countRunning,
  countStranger,
  enter,
  isFlooding,
  type Lease,
  lookAtCalls,
  type Refusal,
  takeCall,
} from "./limiter";

beforeEach(() => {
  for (const name of ["limit-callers", "limit-strangers", "limit-running"]) takeSingleton(name);
});
afterEach(resetClock);

/** Without Redis nothing is waited for: a promise here is a mistake. */
function take(policies: Policy[], cost?: number): Verdict {
  const verdict = takeCall(policies, cost);
  expect(verdict).not.toBeInstanceOf(Promise);
  return verdict as Verdict;
}

const minute = (key: string, limit: number): Policy => ({
  name: "plan-minute",
  limit,
  windowMs: 60_000,
  key,
});
const hour = (key: string, limit: number): Policy => ({ name: "plan-hour", limit, windowMs: 3_600_000, key });

describe("a look", () => {
  // Seen failing: with `takeCall` and a cost of 0 the window is never empty again.
  test("says how one more call would stand, and counts nothing, however often", async () => {
    const policy = minute("user:look", 1);
    for (let look = 0; look < 5; look += 1)
      expect(await lookAtCalls([policy])).toEqual([{ policy, remaining: 1, resetMs: 0, retryMs: 0 }]);
    take([policy]);
    const [standing] = await lookAtCalls([policy]);
    expect(standing).toMatchObject({ remaining: 0, retryMs: expect.any(Number) });
    expect(standing?.retryMs).toBeGreaterThan(0);
    moveClock(60_001);
    expect(take([policy]).isAllowed).toBe(true);
  });

  test("counts the calls that run, without being one", async () => {
    const policy = { name: "plan-concurrency", limit: 2, key: "user:look" };
    const place = (await enter([policy])) as Lease;
    expect([await countRunning([policy]), await countRunning([policy])]).toEqual([[1], [1]]);
    place.release();
    expect(await countRunning([policy])).toEqual([0]);
  });
});

describe("calls", () => {
  test("200 at once with a limit of 10: exactly 10", async () => {
    const one = async () => takeCall([minute("user:a", 10), hour("user:a", 100)]);
    const verdicts = await Promise.all(Array.from({ length: 200 }, one));
    expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(10);
    expect(callers().get("plan-hour|user:a")?.own.used(Date.now())).toBe(10);
  });

  test("10,000 under the limit: none is refused", () => {
    for (let call = 1; call <= 10_000; call += 1) {
      const { isAllowed, standings } = take([minute("user:b", 10_000)]);
      expect(isAllowed && standings[0]?.remaining === 10_000 - call).toBe(true);
    }
    expect(take([minute("user:b", 10_000)]).isAllowed).toBe(false);
  });

  // Seen failing: with every policy charged as soon as it was asked.
  test("refused by one policy, a call counts for none", () => {
    for (let call = 0; call < 3; call += 1) take([minute("user:c", 3), hour("user:c", 100)]);
    for (let call = 0; call < 50; call += 1) take([hour("user:c", 100), minute("user:c", 3)]);
    moveClock(60_000);
    expect(
      take([minute("user:c", 3), hour("user:c", 100)]).standings.map(({ remaining }) => remaining),
    ).toEqual([2, 96]);
  });

  test("a retry after the stated time is accepted, a moment earlier it is not", () => {
    for (let call = 0; call < 5; call += 1) take([minute("user:d", 5)]);
    const retryMs = take([minute("user:d", 5)]).standings[0]?.retryMs ?? 0;
    moveClock(retryMs - 50);
    expect(take([minute("user:d", 5)]).isAllowed).toBe(false);
    moveClock(50);
    expect(take([minute("user:d", 5)]).isAllowed).toBe(true);
  });

  test("users do not count for each other, and a call may cost more than 1, or something of its own", () => {
    take([minute("user:e", 10), { ...minute("user:f", 10), cost: 1 }], 4);
    expect(take([minute("user:e", 10)]).standings[0]?.remaining).toBe(5);
    expect(take([minute("user:f", 10)]).standings[0]?.remaining).toBe(8);
    expect(take([minute("user:e", 10)], 6).isAllowed).toBe(false);
  });

  test("without limits a call is allowed", () =>
    expect(take([])).toEqual({ isAllowed: true, standings: [] }));

  test("a clock that is set back frees nobody", () => {
    moveClock(3_600_000);
    for (let call = 0; call < 5; call += 1) take([minute("user:g", 5)]);
    resetClock();
    expect(take([minute("user:g", 5)]).isAllowed).toBe(false);
    moveClock(60_001);
    expect(take([minute("user:g", 5)]).isAllowed).toBe(true);
  });

  test("the memory for counters is bounded", () => {
    for (let caller = 0; caller < callersMax + 1_000; caller += 1) take([minute(`user:${caller}`, 5)]);
    expect(callers().size).toBe(callersMax);
  });
});

describe("strangers", () => {
  test("get so many a minute per network, and flood after that; asking does not count", () => {
    for (let call = 0; call < 20; call += 1) {
      expect(isFlooding("192.0.2.1", 20)).toBe(false);
      expect(countStranger("192.0.2.1", 20).isAllowed).toBe(true);
    }
    expect(isFlooding("192.0.2.1", 20)).toBe(true);
    expect(countStranger("192.0.2.1", 20).isAllowed).toBe(false);
    expect(isFlooding("192.0.2.2", 20)).toBe(false);
    moveClock(60_001);
    expect(isFlooding("192.0.2.1", 20)).toBe(false);
  });

  // Seen failing: with one table for both.
  test("however many addresses they make up, no counter of a user is lost", () => {
    for (let call = 0; call < 5; call += 1) take([minute("user:a", 5)]);
    for (let address = 0; address < callersMax + 1_000; address += 1)
      countStranger(`10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`, 100);
    expect(strangers().size).toBe(strangersMax);
    expect(take([minute("user:a", 5)]).isAllowed).toBe(false);
  });
});

describe("calls at the same time", () => {
  const atOnce = (key: string, limit: number): ConcurrencyPolicy => ({
    name: "plan-concurrency",
    limit,
    key,
  });
  const go = (...policies: ConcurrencyPolicy[]) => enter(policies) as Lease | Refusal;
  const leave = (lease: Lease | Refusal) => lease.isAllowed && lease.release();

  test("are as many as the limit says, and a place is free again when one ends", () => {
    const [one, two] = [go(atOnce("user:a", 2)), go(atOnce("user:a", 2))];
    expect([one, two, go(atOnce("user:a", 2))].map(({ isAllowed }) => isAllowed)).toEqual([
      true,
      true,
      false,
    ]);
    leave(one);
    leave(one);
    expect(go(atOnce("user:a", 2)).isAllowed).toBe(true);
    expect(go(atOnce("user:a", 2)).isAllowed).toBe(false);
  });

  test("under two policies take a place in both or in none", () => {
    const [wide, narrow] = [atOnce("user:b", 5), { ...atOnce("pool:b", 1), name: "key-concurrency" }];
    const first = go(wide, narrow);
    const second = go(wide, narrow);
    expect(second).toMatchObject({ isAllowed: false, standings: [{ retryMs: 0 }, { retryMs: 1 }] });
    leave(first);
    expect(takeSingleton<Map<string, number>>("limit-running")?.size).toBe(0);
  });

  test("without a limit nothing is held", () => expect(go().isAllowed).toBe(true));
});
