import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Breaker, failuresMax, type Pass, probeWaitMs, restMaxMs, restMinMs } from "./breaker";

const letIn = (breaker: Breaker, at: number): Pass => {
  const pass = breaker.enter(at);
  if (!pass) throw new Error("nobody was let in");
  return pass;
};

function openAt(at: number): Breaker {
  const breaker = new Breaker();
  for (let call = 0; call < failuresMax; call += 1) breaker.fail(letIn(breaker, at), at);
  return breaker;
}

describe("Breaker", () => {
  test("opens at the fifth failure in a row, and not when one success lies between", () => {
    const breaker = new Breaker();
    for (let call = 0; call < 4; call += 1) breaker.fail(letIn(breaker, 0), 0);
    letIn(breaker, 0);
    breaker.succeed();
    for (let call = 0; call < 4; call += 1) breaker.fail(letIn(breaker, 0), 0);
    const fifth = letIn(breaker, 0);
    breaker.fail(fifth, 0);
    expect(breaker.enter(0)).toBeNull();
    expect(breaker.waitMs(0)).toBe(restMinMs);
  });

  test("rests 5, 10, 20, 40, then always 60 seconds while probes fail; a success starts over", () => {
    const breaker = openAt(0);
    let at = 0;
    const rests: number[] = [];
    for (let probe = 0; probe < 6; probe += 1) {
      rests.push(breaker.waitMs(at));
      at += breaker.waitMs(at);
      breaker.fail(letIn(breaker, at), at);
    }
    expect(rests).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    at += restMaxMs;
    letIn(breaker, at);
    breaker.succeed();
    for (let call = 0; call < failuresMax; call += 1) breaker.fail(letIn(breaker, at), at);
    expect(breaker.waitMs(at)).toBe(restMinMs);
  });

  test("a probe that learns nothing makes room for the next", () => {
    const breaker = openAt(0);
    const probe = letIn(breaker, restMinMs);
    expect(probe.isProbe).toBe(true);
    expect(breaker.waitMs(restMinMs)).toBe(probeWaitMs);
    breaker.leave(probe);
    expect(letIn(breaker, restMinMs).isProbe).toBe(true);
  });

  test("calls from before it opened neither prolong the rest nor count as its probe", () => {
    const breaker = new Breaker();
    const passes = Array.from({ length: 50 }, () => letIn(breaker, 0));
    for (const pass of passes) breaker.fail(pass, 0);
    expect(breaker.waitMs(0)).toBe(restMinMs);
    const late = passes[0] as Pass;
    const probe = letIn(breaker, restMinMs);
    breaker.fail(late, restMinMs);
    expect(breaker.enter(restMinMs)).toBeNull();
    breaker.fail(probe, restMinMs);
    expect(breaker.waitMs(restMinMs)).toBe(2 * restMinMs);
  });

  test("rests for as long as the service asks, a minute at most", () => {
    const breaker = new Breaker();
    breaker.askedToRest(letIn(breaker, 0), 0, 7_000);
    expect(breaker.waitMs(0)).toBe(7_000);
    breaker.askedToRest(letIn(breaker, 7_000), 7_000, 3_600_000);
    expect(breaker.waitMs(7_000)).toBe(restMaxMs);
  });

  test("a clock that is set back does not prolong a rest", () => {
    const breaker = openAt(3_600_000);
    expect(breaker.waitMs(0)).toBe(0);
  });

  // Seen failing: without `hasProbe` in waitMs, several probes ran at once.
  test("whatever happens: one probe at a time, and who waits as long as told is let in", () => {
    const step = fc.record({
      afterMs: fc.nat({ max: 20_000 }),
      what: fc.constantFrom("enter", "succeed", "fail", "rest", "leave"),
      which: fc.nat({ max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const breaker = new Breaker();
        const inside: Pass[] = [];
        let at = 0;
        for (const { afterMs, what, which } of steps) {
          at += afterMs;
          const wait = breaker.waitMs(at);
          expect(wait).toBeLessThanOrEqual(restMaxMs);
          if (what === "enter") {
            const pass = breaker.enter(at);
            expect(pass === null).toBe(wait > 0);
            if (pass) inside.push(pass);
            expect(inside.filter(({ isProbe }) => isProbe).length).toBeLessThanOrEqual(1);
          } else if (inside.length > 0) {
            const [pass] = inside.splice(which % inside.length, 1) as [Pass];
            if (what === "fail") breaker.fail(pass, at);
            else if (what === "rest") breaker.askedToRest(pass, at, 3_000);
            else if (what === "leave") breaker.leave(pass);
            else {
              breaker.succeed();
              // Everything before belongs to a time that is over.
              inside.length = 0;
            }
          }
        }
        for (const pass of inside) breaker.leave(pass);
        at += breaker.waitMs(at);
        expect(breaker.enter(at)).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
