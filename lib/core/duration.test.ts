import { expect, test } from "vitest";
import { parseDuration } from "./duration";

test.each([
  ["90", 90_000],
  ["45s", 45_000],
  ["15m", 900_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
  [" 7d ", 604_800_000],
  ["0", 0],
])("%j is %d ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "h", "-1h", "1.5h", "1 h", "1w", "24 hours", "1e3", "9999999999s", "١h"])(
  "%j is no duration",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
