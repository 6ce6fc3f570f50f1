import { expect, test } from "vitest";
import { hourMs, minuteMs, secondMs } from "../core/time";
import { attemptsMax, pauseAfter } from "./domain";

test("the pauses between attempts are those of Standard Webhooks, and the tenth is the last", () => {
  const pauses = Array.from({ length: attemptsMax }, (_, attempts) => pauseAfter(attempts + 1, null, 0));
  expect(pauses).toEqual([
    5 * secondMs,
    5 * minuteMs,
    30 * minuteMs,
    ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hourMs),
    null,
  ]);
});

test("what failed together comes back spread over a tenth of the pause", () =>
  expect([pauseAfter(1, null, 0), pauseAfter(1, null, 0.5), pauseAfter(1, null, 1)]).toEqual([
    5_000, 5_250, 5_500,
  ]));

test("an endpoint is left alone for as long as it asks, at most for a day, and never asked sooner", () => {
  expect(pauseAfter(1, hourMs, 0)).toBe(hourMs);
  expect(pauseAfter(1, secondMs, 0)).toBe(5 * secondMs);
  expect(pauseAfter(1, 1_000 * hourMs, 0)).toBe(24 * hourMs);
  expect(pauseAfter(attemptsMax, hourMs, 0)).toBeNull();
});
