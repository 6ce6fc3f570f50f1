import fc from "fast-check";
import { expect, test } from "vitest";
import { shortest, shortestFloat } from "./round-float";

test.each([0.1, 0.83, 1e-7, 1.5e-38, 123456.7, 16777216, 0.33333334, 9.5, -0.25])(
  "%d comes back as it was written",
  (written) => {
    expect(shortestFloat(Math.fround(written))).toBe(written);
  },
);

test("it is always the same 32-bit number, and never longer than nine digits", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const short = shortestFloat(value);
      expect(Math.fround(short)).toBe(value);
      const digits = short.toExponential().replace(/e.*/, "").replaceAll(/[-.]/g, "");
      if (!Number.isInteger(value)) expect(digits.length).toBeLessThanOrEqual(9);
    }),
    { numRuns: 20_000 },
  );
});

test("up to six digits, what was meant is what is said", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999, max: 999_999 }),
      fc.integer({ min: 0, max: 12 }),
      (digits, places) => {
        const meant = Number(`${digits}e-${places}`);
        expect(shortestFloat(Math.fround(meant))).toBe(meant);
      },
    ),
    { numRuns: 20_000 },
  );
});

test("numbers of 16 bits are as short as these are exact", () => {
  // 0.1, 0.83 and 1/3 as Python's struct packs them into two bytes, and two that are exact.
  const given = [0.0999755859375, 0.830078125, 0.333251953125, 0.5, 65504];
  expect(given.map((value) => shortest(value, "FP16"))).toEqual([0.1, 0.83, 0.3333, 0.5, 65504]);
  expect(shortest(0.1, "FP64")).toBe(0.1);
});
