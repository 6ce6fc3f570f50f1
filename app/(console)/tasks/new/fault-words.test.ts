import { expect, test } from "vitest";
import { columnOf, faultsCsv } from "./fault-words";

test.each([
  ["/inputs/6/petal_width", "petal_width"],
  ["/petal_width", "petal_width"],
  ["/inputs/6/a~1b", "a/b"],
  ["/inputs/6/values/3/0", "values at 3, 0"],
  ["/inputs/6", ""],
  ["", ""],
])("%j is about the column %j", (pointer, column) => {
  expect(columnOf(pointer)).toBe(column);
});

test("the list of faults is a CSV that no spreadsheet runs", () => {
  const fault = { row: 7, pointer: "/inputs/6/=x", message: "Not a number, a text.", fix: "Write 1." };
  expect(faultsCsv([fault]).split("\r\n")).toEqual([
    "row,column,what is wrong,how to mend it",
    `7,'=x,"Not a number, a text.",Write 1.`,
    "",
  ]);
});
