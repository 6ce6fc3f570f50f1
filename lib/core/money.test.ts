import fc from "fast-check";
import { expect, test } from "vitest";
import { asMoney, asNanos, costOf, isBounded } from "./money";
import { budgetInput, priceInputs } from "./money-input";

test("what was typed with up to nine decimals comes back as it was typed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 999_999_999 }),
      (whole, rest) => {
        const money = Number(`${whole}.${String(rest).padStart(9, "0")}`);
        const isSmallEnough = money <= 1_000_000;
        expect(asMoney(asNanos(money))).toBe(money);
        expect(budgetInput.safeParse(money).success).toBe(isSmallEnough);
      },
    ),
  );
});

test.each([-1, 0.000_000_000_1, 1_000.000_000_000_1, 1_001, Number.NaN, "1", null])(
  "%j is no price of a call",
  (price) => expect(priceInputs.per_call.safeParse(price).success).toBe(false),
);

test("a call costs the sum of its parts; milliseconds as far as they are whole", () => {
  const prices = { perCall: 1_000, perRow: 10, perMs: 5, perToken: 3 };
  expect(costOf(prices, { rows: 7, ms: 20.99, tokens: 100 })).toBe(1_000 + 70 + 100 + 300);
});

test("even the most that a call can come to is an exact number", () => {
  const [perCall, perRow, perMs, perToken] = [1_000, 10, 1, 1].map(asNanos) as [
    number,
    number,
    number,
    number,
  ];
  const most = costOf({ perCall, perRow, perMs, perToken }, { rows: 1_000, ms: 300_000, tokens: 1_000_000 });
  expect(Number.isSafeInteger(most)).toBe(true);
});

test("a plan with a single bound is bounded", () => {
  const none = { unitsPerMonth: null, budgetPerMonth: null, budgetPerDay: null };
  expect(isBounded(none)).toBe(false);
  for (const name of Object.keys(none)) expect(isBounded({ ...none, [name]: 1 })).toBe(true);
});
