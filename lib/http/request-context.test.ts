import { expect, test } from "vitest";
import { requestIdOf } from "./request-context";

test.each(["abcdefgh", "req_0123456789ABCDEFGHIJ", "A-b_9".repeat(10)])(
  "the id %s of a caller is kept",
  (given) => expect(requestIdOf(given)).toBe(given),
);

test.each([
  null,
  undefined,
  "",
  "short",
  "x".repeat(65),
  "with blank",
  "a\nb-injected",
  "<script>",
  "id;rm -rf",
  "ünïcödé",
])("%j is replaced by an own one: it could forge log lines or pages", (given) =>
  expect(requestIdOf(given)).toMatch(/^req_[0-9A-Za-z]{20}$/),
);
