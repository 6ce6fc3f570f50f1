import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { AppError } from "../core/errors";
import { minuteMs } from "../core/time";
import { db } from "../infra/db/client";
import { inProcesses } from "../testing/processes";
import { type Attempt, attemptKey, giveBackAttempt, takeAttempt } from "./attempts";

const limit = { max: 5, windowMs: 15 * minuteMs };
let keys = 0;
const freshKey = () => {
  keys += 1;
  return attemptKey("address", `key ${keys}`);
};

async function attempt(key: string, limits = limit): Promise<Attempt | number> {
  try {
    return await takeAttempt(key, limits);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "auth.too_many_attempts") throw error;
    return error.retryAfterSeconds ?? 0;
  }
}
const isTaken = (result: Attempt | number): result is Attempt => typeof result !== "number";

/** Time stands still unless a test moves it: windows are asked about to the millisecond. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
}
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);
afterEach(() => {
  vi.useRealTimers();
});

// Seen failing: with `used_at <= freeSince` loosened by a second, and with `max` raised by one.
describe("the sliding window", () => {
  test("never lets more than max through in any window, never refuses below it, and says honestly when to come again", async () => {
    stopTime();
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("attempt" as const), ms: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("right" as const), ms: fc.nat(4_000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("pause" as const), ms: fc.nat(12_000) }) },
    );
    const limits = fc.record({
      max: fc.integer({ min: 1, max: 6 }),
      windowMs: fc.integer({ min: 1_000, max: 10_000 }),
    });
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 30 }), async (given, steps) => {
        const key = freshKey();
        let counted: number[] = [];
        for (const { kind, ms } of steps) {
          wait(ms);
          if (kind === "pause") continue;
          const inWindow = counted.filter((at) => at > Date.now() - given.windowMs);
          const result = await attempt(key, given);
          expect(isTaken(result)).toBe(inWindow.length < given.max);
          if (!isTaken(result)) {
            const freeAt = Math.min(...inWindow) + given.windowMs;
            expect(result).toBe(Math.ceil((freeAt - Date.now()) / 1_000));
          } else if (kind === "right") await giveBackAttempt(result);
          else counted = [...counted, Date.now()];
        }
      }),
      { numRuns: 25 },
    );
  });

  test("Retry-After is honest: at that second a try is accepted, one second earlier it is refused", async () => {
    stopTime();
    const key = freshKey();
    for (let count = 0; count < 5; count += 1) {
      expect(isTaken(await attempt(key))).toBe(true);
      wait(1_234);
    }
    const seconds = await attempt(key);
    expect(seconds).toBe(15 * 60 - 6);
    wait((Number(seconds) - 1) * 1_000);
    expect(await attempt(key)).toBe(1);
    wait(1_000);
    expect(isTaken(await attempt(key))).toBe(true);
    // Only one place was free: the next frees a little later.
    expect(isTaken(await attempt(key))).toBe(false);
  });

  test("a refused try costs nothing: whoever waits is let in, however often others tried meanwhile", async () => {
    stopTime();
    const key = freshKey();
    for (let count = 0; count < 5; count += 1) await attempt(key);
    for (let count = 0; count < 50; count += 1) {
      wait(1_000);
      expect(isTaken(await attempt(key))).toBe(false);
    }
    wait(limit.windowMs - 50_000);
    expect(isTaken(await attempt(key))).toBe(true);
  });
});

describe("attempts at once", () => {
  // Seen failing: with a count and a separate insert in place of the conditional UPDATE.
  test.each([1, 5, 20])(
    "of 50, exactly %i pass: on a new key, and again when the window is over",
    async (max) => {
      stopTime();
      const key = freshKey();
      for (let round = 0; round < 3; round += 1) {
        const results = await Promise.all(Array.from({ length: 50 }, () => attempt(key, { ...limit, max })));
        expect(results.filter(isTaken)).toHaveLength(max);
        expect(new Set(results.filter(isTaken).map(({ slot }) => slot)).size).toBe(max);
        expect(await db().attemptSlot.count({ where: { key } })).toBe(max);
        wait(limit.windowMs);
      }
    },
  );

  test("of 60 in four processes, exactly 5 pass", async () => {
    const key = freshKey();
    const taken = await inProcesses<number>(4, {
      imports: `import { takeAttempt } from "./lib/sign-in/attempts";`,
      lines: `const tries = Array.from({ length: 15 }, () => takeAttempt(${JSON.stringify(key)}, { max: 5, windowMs: 60_000 }));
        const results = await Promise.allSettled(tries);
        const other = results.find((result) => result.status === "rejected" && result.reason.code !== "auth.too_many_attempts");
        if (other) throw other.reason;
        return results.filter(({ status }) => status === "fulfilled").length;`,
    });
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  test("on different keys do not meet", async () => {
    const results = await Promise.all(Array.from({ length: 40 }, () => attempt(freshKey())));
    expect(results.every(isTaken)).toBe(true);
  });
});

describe("a right password", () => {
  test("gives its place back, once", async () => {
    stopTime();
    const key = freshKey();
    const taken = await Promise.all(Array.from({ length: 5 }, () => takeAttempt(key, limit)));
    await giveBackAttempt(taken[2] as Attempt);
    expect(isTaken(await attempt(key))).toBe(true);
    // The place belongs to somebody else now: giving it back again must not free it.
    wait(1);
    await giveBackAttempt({ ...(taken[2] as Attempt), usedAt: new Date() });
    expect(isTaken(await attempt(key))).toBe(false);
  });
});

test("a limit that an admin raises or lowers counts from the next try", async () => {
  stopTime();
  const key = freshKey();
  for (let count = 0; count < 5; count += 1) await attempt(key);
  expect(isTaken(await attempt(key, { ...limit, max: 6 }))).toBe(true);
  expect(isTaken(await attempt(key, { ...limit, max: 3 }))).toBe(false);
});

test("the table does not say who tried to get in from where", async () => {
  await takeAttempt(attemptKey("email", "ana@example.org"), limit);
  await takeAttempt(attemptKey("address", "203.0.113.77"), limit);
  expect(JSON.stringify(await db().attemptSlot.findMany())).not.toMatch(/ana@|203\.0/);
});

test("an address, an e-mail and a user of the same spelling are counted apart", () => {
  const kinds = ["address", "email", "user"] as const;
  expect(new Set(kinds.map((kind) => attemptKey(kind, "same"))).size).toBe(3);
  expect(new Set(kinds.map((kind) => attemptKey(kind, "same").split(":")[1])).size).toBe(3);
});
