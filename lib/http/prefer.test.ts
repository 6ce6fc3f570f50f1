import { expect, test } from "vitest";
import { preferredWait } from "./prefer";

test.each<[string | null, number | null]>([
  [null, null],
  ["wait=10", 10],
  ['wait="10"', 10],
  ["Wait = 10", 10],
  ["respond-async, wait=10", 10],
  ["wait=10; foo=bar", 10],
  ["wait=5, wait=9", 5],
  ["wait=0", null],
  ["wait=-1", null],
  ["wait=1.5", null],
  ["wait=soon", null],
  ["wait", null],
  ["respond-async", null],
  ["await=10", null],
  ["", null],
])("Prefer: %s waits %s", (header, seconds) =>
  expect(preferredWait(new Headers(header === null ? {} : { prefer: header }))).toBe(seconds),
);
