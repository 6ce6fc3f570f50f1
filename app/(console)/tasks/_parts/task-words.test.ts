import { expect, test } from "vitest";
import { doneText, percentOf, shortened, waitingOf } from "./task-words";

const task = (rows: number, rows_done: number, rows_failed: number) => ({ rows, rows_done, rows_failed });

test("rows that failed are through as well, and 100 % is all of them", () => {
  expect(percentOf(task(1_000, 990, 9))).toBe(99);
  expect(percentOf(task(1_000, 900, 100))).toBe(100);
  expect(waitingOf(task(1_000, 900, 40))).toBe(60);
  expect(doneText(task(12_000, 1_000, 40))).toBe("1,040 of 12,000 rows");
});

test("long text ends with a sign that there is more", () => {
  expect(shortened("abcdef", 4)).toBe("abc…");
  expect(shortened("abcd", 4)).toBe("abcd");
});
