import { expect, test } from "vitest";
import { usedAfter, usedEdits } from "./use-versions";

const before = { stable: 2, next: 3 };

test.each([
  ["promote the one on trial: nothing is on trial then", { stable: 3 }, { stable: 3, next: null }],
  ["roll back: the trial goes on", { stable: 1 }, { stable: 1, next: 3 }],
  ["put another on trial", { next: 4 }, { stable: 2, next: 4 }],
  ["end the trial", { next: null }, { stable: 2, next: null }],
  ["change places", { stable: 3, next: 2 }, { stable: 3, next: 2 }],
  ["the one in use is not on trial", { next: 2 }, { stable: 2, next: null }],
])("%s", (_, change, after) => {
  expect(usedAfter(before, change)).toEqual(after);
});

test("the audit log is told what differs and nothing else", () => {
  expect(usedEdits(before, before)).toEqual({});
  expect(usedEdits(before, { stable: 3, next: null })).toEqual({
    stable: { before: 2, after: 3 },
    next: { before: 3, after: null },
  });
  expect(usedEdits(before, { stable: 1, next: 3 })).toEqual({ stable: { before: 2, after: 1 } });
});
