import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base62, randomBase62 } from "../core/ids";
import type { Scope } from "../core/scopes";
import {
  actorKeyOf,
  crc32,
  excessOf,
  type Grant,
  isWellFormedKey,
  keyIn,
  keyState,
  keyText,
  latestExpiry,
  limitsAbove,
  marksOf,
  noLimits,
  overlapEnd,
  randomLength,
  type UnusualStep,
} from "./domain";

const at = new Date("2026-11-21T12:00:00Z");
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const newKeyText = () => keyText(randomBase62(randomLength));
const random = fc.string({ unit: fc.constantFrom(...base62), minLength: 30, maxLength: 30 });

// From Python: zlib.crc32(text.encode()).
test.each([
  ["", 0],
  ["a", 0xe8b7be43],
  ["123456789", 0xcbf43926],
  ["0".repeat(30), 0x77e5db82],
  ["z".repeat(30), 0xeaf2cd15],
])("the CRC-32 of %j is %i", (text, expected) => expect(crc32(text)).toBe(expected));

// From Python as well; the last one begins with zeros that a number would not have.
test.each([
  ["000000000000000000000000000000", "2C8GjS"],
  ["zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "4IlJEz"],
  ["0123456789ABCDEFGHIJKLMNOPQRST", "4PMbyp"],
  ["abcdefghijklmnopqrstuvwxyz0123", "2LolCm"],
  ["AdytonAdytonAdytonAdytonAdyton", "0kcr0s"],
  ["drrYjTdd6emrCGjTGYv3HF2s7u0rih", "00gEpD"],
])("the key of %s ends in %s", (text, checksum) => {
  expect(keyText(text)).toBe(`ady_${text}${checksum}`);
  expect(isWellFormedKey(`ady_${text}${checksum}`)).toBe(true);
});

describe("isWellFormedKey", () => {
  test("every key that is made has the shape: ady_, 30 random and 6 checking characters", () => {
    fc.assert(
      fc.property(random, (text) => {
        expect(keyText(text)).toMatch(/^ady_[0-9A-Za-z]{36}$/);
        expect(isWellFormedKey(keyText(text))).toBe(true);
      }),
    );
  });

  // Seen failing: without the comparison of the checksum.
  test("one wrong character anywhere is noticed", () => {
    fc.assert(
      fc.property(
        random,
        fc.nat({ max: 39 }),
        fc.constantFrom(...base62, "_", " ", "é"),
        (text, index, sign) => {
          const key = keyText(text);
          fc.pre(key[index] !== sign);
          expect(isWellFormedKey(key.slice(0, index) + sign + key.slice(index + 1))).toBe(false);
        },
      ),
    );
  });

  test.each(["", "ady_", "x".repeat(40), " ".repeat(40), "ady_".repeat(10), "x".repeat(1_000_000)])(
    "%.12j is none",
    (text) => expect(isWellFormedKey(text)).toBe(false),
  );

  test("neither too long, too short, nor anything around it", () => {
    const key = newKeyText();
    for (const text of [`${key}0`, key.slice(0, -1), ` ${key}`, `${key}\n`, key.toUpperCase()])
      expect(isWellFormedKey(text)).toBe(false);
  });
});

describe("keyIn", () => {
  test("finds a key in whatever is pasted around it, and the first of several", () => {
    const [key, other] = [newKeyText(), newKeyText()];
    for (const text of [
      key,
      `  ${key}\n`,
      `ADYTON_KEY="${key}"`,
      `curl -H 'X-API-Key: ${key}' https://example.org`,
      `${key} ${other}`,
      `${key}${other}`,
      `ady_ady_${key}`,
      `ady_${"x".repeat(36)} ${key}`,
      `ady_short ${key}`,
      `xyzady_${key}`,
    ])
      expect(keyIn(text)).toBe(key);
  });

  test("finds none where there is none, in any text", () => {
    for (const text of ["", "ady_", "ady_".repeat(2_000), `ady_${"0".repeat(36)}`])
      expect(keyIn(text)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => keyIn(text) === undefined));
  });
});

test("what a key is recognised by is its first eight and last four characters", () => {
  const key = newKeyText();
  const { prefix, last4 } = marksOf(key);
  expect([prefix, last4]).toEqual([key.slice(0, 8), key.slice(36)]);
  expect(prefix).toMatch(/^ady_....$/);
});

const live = { revokedAt: null, frozenAt: null, expiresAt: null };
test.each([
  ["live", live],
  ["live", { ...live, expiresAt: later(1) }],
  ["expired", { ...live, expiresAt: at }],
  ["frozen", { ...live, frozenAt: at, expiresAt: later(-1) }],
  ["revoked", { revokedAt: at, frozenAt: at, expiresAt: later(-1) }],
] as const)("a key is %s: %j", (state, key) => expect(keyState(key, at)).toBe(state));

test("an actor knows of a key what decides about calls, and nothing more", () => {
  const row = {
    id: "key_1",
    name: "CI",
    models: "churn iris",
    poolId: "key_0",
    slowedAt: null,
    ...noLimits,
    digest: "secret",
  };
  expect(actorKeyOf(row)).toEqual({
    id: "key_1",
    name: "CI",
    models: ["churn", "iris"],
    poolId: "key_0",
    limits: noLimits,
    isSlowed: false,
  });
  expect(actorKeyOf({ ...row, models: null }).models).toBeNull();
  expect(actorKeyOf({ ...row, slowedAt: at }).isSlowed).toBe(true);
});

const free: Grant = {
  scopes: ["predict", "keys"],
  models: null,
  cidrs: null,
  expiresAt: null,
  limits: noLimits,
  onUnusualUse: "notify",
};
const bound: Grant = {
  scopes: ["predict"],
  models: ["churn", "iris"],
  cidrs: ["10.0.0.0/8"],
  expiresAt: later(60),
  limits: { perMinute: 10, perHour: 100, concurrency: 2 },
  onUnusualUse: "slow",
};

describe("excessOf", () => {
  test("nothing is beyond itself, and a bound one is within a free one", () => {
    expect([excessOf(free, free), excessOf(bound, bound), excessOf(bound, free)]).toEqual([null, null, null]);
  });

  test.each<[string | null, Partial<Grant>]>([
    ["/scopes", { scopes: ["predict", "usage:read"] }],
    ["/models", { models: ["churn", "other"] }],
    ["/models", { models: null }],
    [null, { models: ["iris"] }],
    ["/cidrs", { cidrs: ["10.1.0.0/16", "192.0.2.0/24"] }],
    ["/cidrs", { cidrs: ["0.0.0.0/0"] }],
    ["/cidrs", { cidrs: null }],
    [null, { cidrs: ["10.1.0.0/16", "10.2.3.4"] }],
    ["/expires_at", { expiresAt: later(61) }],
    ["/expires_at", { expiresAt: null }],
    [null, { expiresAt: later(59) }],
    ["/limits/per_minute", { limits: { ...bound.limits, perMinute: 11 } }],
    ["/limits/per_hour", { limits: { ...bound.limits, perHour: null } }],
    ["/limits/concurrency", { limits: { ...bound.limits, concurrency: 3 } }],
    [null, { limits: { perMinute: 1, perHour: 1, concurrency: 1 } }],
    ["/on_unusual_use", { onUnusualUse: "notify" }],
    [null, { onUnusualUse: "freeze" }],
  ])("%s: %j", (pointer, change) => expect(excessOf({ ...bound, ...change }, bound)).toBe(pointer));

  test("handing on again and again never adds up to more", () => {
    const few = <T>(...values: T[]) => fc.constantFrom(...values);
    const grant = fc.record<Grant>({
      scopes: fc.subarray<Scope>(["predict", "keys", "tasks"]),
      models: few<string[] | null>(null, ["a"], ["a", "b"], ["c"]),
      cidrs: few<string[] | null>(null, ["10.0.0.0/8"], ["10.1.0.0/16"], ["192.0.2.1"]),
      expiresAt: few<Date | null>(null, later(1), later(2)),
      limits: fc.record({
        perMinute: few<number | null>(null, 1, 2),
        perHour: few<number | null>(null, 1),
        concurrency: few<number | null>(null, 1),
      }),
      onUnusualUse: few<UnusualStep>("notify", "slow", "freeze"),
    });
    fc.assert(
      fc.property(grant, grant, grant, (first, second, third) => {
        if (excessOf(second, first) === null && excessOf(third, second) === null)
          expect(excessOf(third, first)).toBeNull();
      }),
      { numRuns: 5_000 },
    );
  });
});

test("no limit is above any limit, and nothing is above no limit", () => {
  expect(limitsAbove(noLimits, { perMinute: 5, perHour: null, concurrency: 1 })).toEqual([
    "per_minute",
    "concurrency",
  ]);
  expect(limitsAbove({ perMinute: 1_000_000, perHour: null, concurrency: 1 }, noLimits)).toEqual([]);
  const five = { perMinute: 5, perHour: 5, concurrency: 5 };
  expect(limitsAbove({ perMinute: 5, perHour: 6, concurrency: 4 }, five)).toEqual(["per_hour"]);
});

test("the old key of a rolled pair never lives longer than it would have", () => {
  expect(overlapEnd(null, 60_000, at)).toEqual(later(60));
  expect(overlapEnd(later(30), 60_000, at)).toEqual(later(30));
  expect(overlapEnd(later(90), 60_000, at)).toEqual(later(60));
  expect(overlapEnd(later(90), 0, at)).toEqual(at);
});

test("the latest end is five years off, by the calendar", () => {
  expect(latestExpiry(at).toISOString()).toBe("2031-11-21T12:00:00.000Z");
});
