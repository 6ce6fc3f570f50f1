import { expect, test } from "vitest";
import { progressMeter } from "./progress-meter";

const megabyte = 1024 * 1024;

test("a steady line has its rate, and the time that is left follows from it", () => {
  const measure = progressMeter(10 * megabyte, 0);
  measure(megabyte, 1_000);
  expect(measure(2 * megabyte, 2_000)).toEqual({
    sent: 2 * megabyte,
    total: 10 * megabyte,
    bytesPerSecond: megabyte,
    secondsLeft: 8,
  });
});

test("nothing is said before there is something to say it from", () => {
  const measure = progressMeter(10 * megabyte, 0);
  expect(measure(megabyte, 100)).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
});

test("a line that became slower is believed after a few seconds", () => {
  const measure = progressMeter(100 * megabyte, 0);
  measure(50 * megabyte, 1_000);
  for (let second = 2; second <= 8; second += 1) measure((50 + second) * megabyte, second * 1_000);
  expect(measure(59 * megabyte, 9_000).bytesPerSecond).toBe(megabyte);
});

test("a line that stands still has no time that is left", () => {
  const measure = progressMeter(10 * megabyte, 0);
  measure(megabyte, 1_000);
  for (const at of [3_000, 5_000, 7_000]) measure(megabyte, at);
  expect(measure(megabyte, 9_000)).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
});
