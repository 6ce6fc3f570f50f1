import { expect, test } from "vitest";
import { boundFault, limitFields, priceFault, priceFields, quotaFields, typed } from "./plan-fields";
import { exampleInWords, pricesInWords, quotaInWords } from "./plan-words";

const free = { per_call: 0, per_row: 0, per_compute_ms: 0, per_token: 0 };

test("a quota and budgets in one sentence, with every decimal; nothing when there is none", () => {
  const quota = { units_per_month: 1_000, budget_per_month: 20, budget_per_day: 0.505 };
  expect(quotaInWords(quota, "EUR")).toBe("1,000 units a month, at most €20.00 a month and €0.505 a day");
  const none = { units_per_month: null, budget_per_month: null, budget_per_day: null };
  expect(quotaInWords(none, "EUR")).toBeNull();
});

test("prices in words, and an example that one can imagine", () => {
  const prices = { ...free, per_row: 0.0005, per_call: 0.000_000_001 };
  expect(pricesInWords(prices, "EUR")).toBe("€0.000000001 a call, €0.0005 a row");
  expect(exampleInWords({ ...free, per_row: 0.0005 }, "EUR")).toBe("One call with 1,000 rows costs €0.50.");
  expect(exampleInWords({ ...free, per_compute_ms: 0.001, per_token: 0.1 }, "USD")).toBe(
    "One call with 1,000 rows and 50 ms of work costs $0.05, and its tokens on top.",
  );
  expect(exampleInWords(free, "EUR")).toBe("Calls cost nothing.");
});

test("numbers are shown in fields as one would type them", () =>
  expect([null, 0, 60, 0.5, 0.000_000_001, 1_000].map(typed)).toEqual([
    ...["", "0", "60", "0.5", "0.000000001", "1000"],
  ]));

test("what cannot be meant is said at its field", () => {
  const [perMinute] = limitFields;
  const [, budget] = quotaFields;
  const [perCall] = priceFields;
  if (!perMinute || !budget || !perCall) throw new Error("there are fields");
  expect(["1", "1000000"].map((text) => boundFault(text, perMinute))).toEqual([undefined, undefined]);
  for (const text of ["", "0", "1.5", "1000001", "ten"]) expect(boundFault(text, perMinute)).toBeDefined();
  expect(boundFault("0.5", budget)).toBeUndefined();
  for (const text of ["", "0", "-1", "0.0000000001"]) expect(boundFault(text, budget)).toBeDefined();
  expect(["", "0", "0.0005"].map((text) => priceFault(text, perCall))).toEqual(Array(3).fill(undefined));
  for (const text of ["0,5", "1001", "1e-9"]) expect(priceFault(text, perCall)).toBeDefined();
});
