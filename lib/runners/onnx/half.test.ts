import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHalf, toHalf } from "./half.mjs";

test("every number of 16 bits comes back as itself", () => {
  for (let half = 0; half < 65_536; half += 1) {
    const isNan = (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
    if (isNan) expect(fromHalf(toHalf(fromHalf(half)))).toBeNaN();
    else expect(toHalf(fromHalf(half))).toBe(half);
  }
});

test("any other number becomes the nearest of them, of two as near ones the even one", () => {
  const near = fc.float({ noNaN: true, min: -65_504, max: 65_504 });
  fc.assert(
    fc.property(near, (value) => {
      const half = toHalf(value);
      const distance = Math.abs(fromHalf(half) - value);
      for (const neighbour of [half - 1, half + 1].filter((other) => (other & 0x7c00) !== 0x7c00)) {
        if ((neighbour & 0x8000) !== (half & 0x8000)) continue;
        const other = Math.abs(fromHalf(neighbour) - value);
        expect(distance).toBeLessThanOrEqual(other);
        if (distance === other) expect(half % 2).toBe(0);
      }
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  [65_519, 65_504],
  [65_520, Number.POSITIVE_INFINITY],
  [-1e30, Number.NEGATIVE_INFINITY],
  [2 ** -25, 0],
  [2 ** -24, 2 ** -24],
])("%d becomes %d", (value, expected) => expect(fromHalf(toHalf(value))).toBe(expected));
