import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each(["/", "/account", "/admin/users?state=invited&q=a%2Fb#top"])("%s is a place of ours", (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  undefined,
  "",
  "account",
  "https://evil.example",
  "javascript:alert(1)",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/%2e/%2e//evil.example",
])("%j leads nowhere", (value) => {
  expect(ownPath(value)).toBeNull();
});

test("two values are none", () => {
  expect(ownPath(["/account", "/admin"])).toBeNull();
});
