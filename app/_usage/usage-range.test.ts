import { expect, test } from "vitest";
import { lastMonths, rangeOf } from "./usage-range";

const now = Date.parse("2026-11-21T14:30:00Z");
const asked = (from?: string, to?: string) => rangeOf({ range: "30d", from, to }, now);

test("thirty days end today and have thirty days", () => {
  const range = rangeOf({ range: "30d" }, now);
  expect(range).toMatchObject({ id: "30d", from: "2026-10-23", to: "2026-11-21", grain: "day" });
});

test("24 hours are the hour that runs and the 23 before it", () => {
  const range = rangeOf({ range: "24h" }, now);
  expect(range).toMatchObject({ from: "2026-11-20T15:00:00.000Z", to: "2026-11-21", grain: "hour" });
});

test("days of one's own win over a range, and their order does not matter", () => {
  expect(asked("2026-11-05", "2026-11-01")).toMatchObject({ id: null, from: "2026-11-01", to: "2026-11-05" });
});

test("one day alone is enough: the other end is today, or thirty days before", () => {
  expect(asked("2026-11-10")).toMatchObject({ from: "2026-11-10", to: "2026-11-21" });
  expect(asked(undefined, "2026-10-30")).toMatchObject({ from: "2026-10-01", to: "2026-10-30" });
});

test("a day is shown by the hour, a year by the month, and never more than a year", () => {
  expect(asked("2026-11-20", "2026-11-20").grain).toBe("hour");
  expect(asked("2026-01-01").grain).toBe("month");
  expect(asked("2001-01-01")).toMatchObject({ from: "2025-11-21", to: "2026-11-21" });
});

test("what has not come yet is today", () => {
  expect(asked("2027-01-01", "2027-02-01")).toMatchObject({ from: "2026-11-21", to: "2026-11-21" });
});

test("twelve months are this one and the eleven before it", () => {
  expect(lastMonths(12, now)).toMatchObject({ from: "2025-12-01", to: "2026-11-21", grain: "month" });
});
