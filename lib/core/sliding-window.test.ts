import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SlidingWindow } from "./sliding-window";

const minute = 60_000;

/** Asks, and counts when the limit allows it. */
function take(window: SlidingWindow, at: number, limit: number, cost = 1) {
  const before = window.check(at, cost, limit);
  if (before.retryMs === 0) window.add(at, cost, limit);
  return { ...before, isAllowed: before.retryMs === 0 };
}

describe("a call leaves the window exactly its length after it came", () => {
  test.each<[string, number[], number, { remaining: number; resetMs: number; retryMs: number }]>([
    ["nothing came yet", [], 5_000, { remaining: 3, resetMs: 0, retryMs: 0 }],
    ["one came", [1_000], 5_000, { remaining: 2, resetMs: 56_000, retryMs: 0 }],
    ["as many as may", [0, 10, 20], 30, { remaining: 0, resetMs: 59_970, retryMs: 59_970 }],
    ["just before the first leaves", [0, 10, 20], 59_999, { remaining: 0, resetMs: 1, retryMs: 1 }],
    ["when the first leaves", [0, 10, 20], 60_000, { remaining: 1, resetMs: 10, retryMs: 0 }],
    ["when all have left", [0, 10, 20], 60_020, { remaining: 3, resetMs: 0, retryMs: 0 }],
    [
      "the turn of a minute changes nothing",
      [59_000, 59_500, 59_900],
      60_000,
      {
        remaining: 0,
        resetMs: 59_000,
        retryMs: 59_000,
      },
    ],
  ])("%s", (_name, times, at, expected) => {
    const window = new SlidingWindow(minute);
    for (const time of times) window.add(time, 1, 3);
    expect(window.check(at, 1, 3)).toEqual(expected);
  });

  test("a dear call waits until enough has left", () => {
    const window = new SlidingWindow(minute);
    for (const [at, cost] of [
      [0, 4],
      [100, 1],
      [200, 5],
    ] as const)
      window.add(at, cost, 10);
    expect(window.check(1_000, 4, 10).retryMs).toBe(59_000);
    expect(window.check(1_000, 5, 10).retryMs).toBe(59_100);
    expect(window.check(1_000, 6, 10).retryMs).toBe(59_200);
    expect(window.check(1_000, 11, 10).retryMs).toBe(minute);
  });

  test("a limit that was lowered counts what was already spent", () => {
    const window = new SlidingWindow(minute);
    for (const at of [0, 1, 2, 3]) window.add(at, 1, 10);
    expect(window.check(10, 1, 2)).toEqual({ remaining: 0, resetMs: 59_990, retryMs: 59_992 });
  });
});

test("memory stays bounded however many calls a window counts", () => {
  const window = new SlidingWindow(minute);
  for (let at = 0; at < 5 * minute; at += 1) window.add(at, 3, 1e9);
  expect(window.entries(5 * minute).length).toBeLessThanOrEqual(3_601);
  expect(window.used(5 * minute - 1)).toBeGreaterThanOrEqual(3 * minute);
  expect(JSON.stringify(window).length).toBeLessThan(3_601 * 2 * 30);
});

test("what somebody else counted is taken over, and what is too much leaves early", () => {
  const window = new SlidingWindow(minute);
  window.add(0, 2, 10);
  window.match(1_000, 5);
  expect(window.used(1_000)).toBe(5);
  window.match(2_000, 1);
  expect(window.entries(2_000).map(({ at, cost }) => [at, cost])).toEqual([[1_000, 1]]);
});

type Call = { pause: number; cost: number };
const calls = (costMax: number, pauseMax: number) =>
  fc.array(fc.record({ pause: fc.nat(pauseMax), cost: fc.integer({ min: 1, max: costMax }) }), {
    maxLength: 120,
  });

function replay(sequence: Call[], use: (at: number, cost: number) => void) {
  let at = 1_000_000;
  for (const { pause, cost } of sequence) {
    at += pause;
    use(at, cost);
  }
}

/** The plainest thing that can be right: all accepted calls, added up anew every time. */
const spent = (accepted: { at: number; cost: number }[], at: number, windowMs: number) =>
  accepted.reduce((sum, call) => (call.at > at - windowMs ? sum + call.cost : sum), 0);

describe("whatever comes", () => {
  // Seen failing: with calls that leave a millisecond early, and with ones that leave a millisecond late.
  test("no window ever holds more than the limit, and nothing under the limit is refused", () => {
    fc.assert(
      fc.property(calls(4, 300), fc.integer({ min: 1, max: 12 }), (sequence, limit) => {
        const window = new SlidingWindow(1_000);
        const accepted: { at: number; cost: number }[] = [];
        replay(sequence, (at, cost) => {
          const room = limit - spent(accepted, at, 1_000);
          const { isAllowed, remaining } = take(window, at, limit, cost);
          expect(remaining).toBe(room);
          expect(isAllowed).toBe(cost <= room);
          if (isAllowed) accepted.push({ at, cost });
        });
      }),
      { numRuns: 500 },
    );
  });

  test("above 3,600 the limit holds as well, and refusals are late by a 3,600th of the window at most", () => {
    fc.assert(
      fc.property(calls(900, 400), (sequence) => {
        const [windowMs, limit] = [36_000, 4_000];
        const window = new SlidingWindow(windowMs);
        const accepted: { at: number; cost: number }[] = [];
        replay(sequence, (at, cost) => {
          const { isAllowed } = take(window, at, limit, cost);
          const wouldFit = spent(accepted, at, windowMs) + cost <= limit;
          const wouldHaveFit = spent(accepted, at, windowMs + windowMs / 3_600) + cost <= limit;
          if (isAllowed) expect(wouldFit).toBe(true);
          if (wouldHaveFit) expect(isAllowed).toBe(true);
          if (isAllowed) accepted.push({ at, cost });
        });
      }),
      { numRuns: 200 },
    );
  });

  test("a retry after the stated time, in whole seconds, is accepted, and one millisecond early is not", () => {
    fc.assert(
      fc.property(calls(4, 3_000), fc.integer({ min: 4, max: 12 }), (sequence, limit) => {
        const window = new SlidingWindow(10_000);
        replay(sequence, (at, cost) => void take(window, at, limit, cost));
        const at = 1_000_000 + sequence.reduce((sum, { pause }) => sum + pause, 0);
        for (const cost of [1, 2, 3, 4]) {
          const { retryMs } = window.check(at, cost, limit);
          if (retryMs === 0) continue;
          const copy = Object.assign(new SlidingWindow(10_000), structuredClone({ ...window }));
          expect(copy.check(at + retryMs - 1, cost, limit).retryMs).toBe(1);
          expect(copy.check(at + Math.ceil(retryMs / 1_000) * 1_000, cost, limit).retryMs).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("what remains does not rise before the stated time, and is more right after it", () => {
    fc.assert(
      fc.property(calls(3, 500), fc.nat(2_000), (sequence, later) => {
        const window = new SlidingWindow(2_000);
        replay(sequence, (at, cost) => void take(window, at, 10, cost));
        const at = 1_000_000 + sequence.reduce((sum, { pause }) => sum + pause, 0);
        const { remaining, resetMs } = window.check(at, 1, 10);
        if (resetMs === 0) return void expect(remaining).toBe(10);
        if (later < resetMs) expect(window.check(at + later, 1, 10).remaining).toBe(remaining);
        expect(window.check(at + resetMs, 1, 10).remaining).toBeGreaterThan(remaining);
      }),
      { numRuns: 300 },
    );
  });

  test("a refused call counts nothing", () => {
    fc.assert(
      fc.property(calls(4, 300), (sequence) => {
        const [asked, quiet] = [new SlidingWindow(1_000), new SlidingWindow(1_000)];
        replay(sequence, (at, cost) => {
          const { isAllowed } = take(asked, at, 6, cost);
          for (let again = 0; again < 3; again += 1) take(asked, at, 6, 7);
          if (isAllowed) quiet.add(at, cost, 6);
          expect(asked.check(at, 1, 6)).toEqual(quiet.check(at, 1, 6));
        });
      }),
    );
  });
});

describe("a clock that is set back", () => {
  // Seen failing: without the offset, and with all entries dropped in its place.
  test("frees nobody and holds nobody longer than a window", () => {
    const hour = 3_600_000;
    const window = new SlidingWindow(minute);
    for (const at of [hour, hour + 10_000, hour + 20_000]) take(window, at, 3);
    const after = 20_000;
    expect(window.check(after, 1, 3)).toEqual({ remaining: 0, resetMs: 40_000, retryMs: 40_000 });
    expect(take(window, after + 39_999, 3).isAllowed).toBe(false);
    expect(take(window, after + 40_000, 3).isAllowed).toBe(true);
  });

  // Seen failing: with `this.offset === 0 &&` in front of the condition under which the offset goes.
  test("and set right again frees nobody either", () => {
    const window = new SlidingWindow(minute);
    for (const at of [1e6, 1e6 + 1, 1e6 + 2]) take(window, at, 3);
    expect(take(window, 1e6 - 70_000, 3).isAllowed).toBe(false);
    expect(take(window, 1e6 + 100, 3).isAllowed).toBe(false);
    expect(take(window, 1e6 + minute, 3).isAllowed).toBe(true);
  });

  test("jumping about it never gives more than the limit in the time that really passed", () => {
    const jump = fc.record({ pass: fc.nat(400), back: fc.nat(5_000) });
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 100 }), (steps) => {
        const window = new SlidingWindow(1_000);
        const accepted: { at: number; cost: number }[] = [];
        let [really, clock] = [1e9, 1e9];
        for (const { pass, back } of steps) {
          really += pass;
          clock += pass - back;
          if (take(window, clock, 5).isAllowed) accepted.push({ at: really, cost: 1 });
          expect(spent(accepted, really, 1_000)).toBeLessThanOrEqual(5);
        }
        // A clock that goes on and one that is set right look the same, and the doubt is not to the caller's favour.
        expect(take(window, really + 1_000, 5).isAllowed).toBe(true);
      }),
    );
  });
});
