import fc from "fast-check";
import { expect, test } from "vitest";
import { newId, newSecret, randomBase62 } from "./ids";

test("random text has exactly the asked length and only base62 letters", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), (length) => {
      expect(randomBase62(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`));
    }),
  );
});

// Seen failing: without `byte < limit` the first eight letters come a quarter more often than the others.
test("every letter is as likely as every other", () => {
  const counts = new Map<string, number>();
  const text = Array.from({ length: 62 }, () => randomBase62(1_000)).join("");
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 1,000 expected each; the standard deviation is 31, so this is more than six of them.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  const firstEight = [..."01234567"].reduce((sum, letter) => sum + (counts.get(letter) ?? 0), 0);
  expect(Math.abs(firstEight - 8_000)).toBeLessThan(550);
});

test("an id says its type and carries 119 random bits", () => {
  for (const prefix of ["usr", "ses", "lnk", "evt", "req"] as const)
    expect(newId(prefix)).toMatch(new RegExp(`^${prefix}_[0-9A-Za-z]{20}$`));
});

test("a secret has at least 256 bits", () => {
  expect(newSecret()).toMatch(/^[0-9A-Za-z]{43}$/);
  expect(43 * Math.log2(62)).toBeGreaterThanOrEqual(256);
});

test("20,000 ids are 20,000 different ones", () => {
  expect(new Set(Array.from({ length: 20_000 }, () => newId("usr"))).size).toBe(20_000);
});
