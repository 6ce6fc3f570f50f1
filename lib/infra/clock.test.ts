import { afterEach, expect, test } from "vitest";
import { moveClock, now, resetClock } from "./clock";

afterEach(resetClock);
const distance = () => now().getTime() - Date.now();

test("the clock is the machine's own until a test moves it", () =>
  expect(Math.abs(distance())).toBeLessThan(5_000));

test("moves add up, and a reset takes them back", () => {
  moveClock(60_000);
  moveClock(-10_000);
  expect(Math.abs(distance() - 50_000)).toBeLessThan(5_000);
  resetClock();
  expect(Math.abs(distance())).toBeLessThan(5_000);
});
