import { expect, test } from "vitest";
import { dayMs, hourMs } from "../core/time";
import { attemptsMax, pauseAfter } from "./domain";

test("a mail is tried for about two days, at first soon and then ever more seldom", () => {
  const pauses = Array.from({ length: attemptsMax - 1 }, (_, index) => pauseAfter(index + 1, 0) ?? 0);
  expect(pauses[0]).toBeLessThan(10_000);
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
  const sum = pauses.reduce((total, pause) => total + pause, 0);
  expect(sum).toBeGreaterThan(2 * dayMs - hourMs);
  expect(sum).toBeLessThan(2 * dayMs);
  expect(pauseAfter(attemptsMax, 0)).toBeNull();
});

test("mails that failed together come back apart from each other", () => {
  expect(pauseAfter(3, 1)).toBe((pauseAfter(3, 0) ?? 0) * 1.1);
});
