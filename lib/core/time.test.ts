import fc from "fast-check";
import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs, never, orNull, secondMs, secondsUntil } from "./time";

test("the units are what they say", () => {
  expect([secondMs, minuteMs, hourMs, dayMs]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
});

test("never is shown as null, every other time as ISO 8601 in UTC", () => {
  expect(orNull(null)).toBeNull();
  expect(orNull(never)).toBeNull();
  expect(orNull(new Date("2026-11-21T01:02:03.004Z"))).toBe("2026-11-21T01:02:03.004Z");
});

test("a wait in whole seconds is at least 1, never too short, and less than a second too long", () => {
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 10_000_000 }), (ms) => {
      const at = new Date(1_000_000_000_000);
      const seconds = secondsUntil(new Date(at.getTime() + ms), at);
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds * 1_000).toBeGreaterThanOrEqual(ms);
      if (ms > 0) expect(seconds * 1_000 - ms).toBeLessThan(1_000);
    }),
  );
});
