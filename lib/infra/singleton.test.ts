import { expect, test, vi } from "vitest";
import { singleton, takeSingleton } from "./singleton";

test("one name is made once, whoever asks", () => {
  const make = vi.fn(() => ({}));
  expect(singleton("test-once", make)).toBe(singleton("test-once", make));
  expect(make).toHaveBeenCalledTimes(1);
});

// Seen failing: with a module variable instead of globalThis the second copy makes its own.
test("a second copy of the module, as bundlers make them, shares it", async () => {
  const mine = singleton("test-shared", () => ({}));
  vi.resetModules();
  const copy = await import("./singleton");
  expect(copy.singleton).not.toBe(singleton);
  expect(copy.singleton("test-shared", () => ({}))).toBe(mine);
});

test("a value that is undefined counts as made", () => {
  const make = vi.fn(() => undefined);
  singleton("test-undefined", make);
  singleton("test-undefined", make);
  expect(make).toHaveBeenCalledTimes(1);
});

test("what was taken is made anew", () => {
  const first = singleton("test-taken", () => ({}));
  expect(takeSingleton("test-taken")).toBe(first);
  expect(takeSingleton("test-taken")).toBeUndefined();
  expect(singleton("test-taken", () => ({}))).not.toBe(first);
});
