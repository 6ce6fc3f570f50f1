import { expect, test } from "vitest";
import { type AlertMatter, alertKinds } from "./domain";
import { alertWords } from "./words";

const month = { period: "2026-11", currency: "EUR" };
const day = { period: "2026-11-21", currency: "EUR" };
const examples: AlertMatter[] = [
  { kind: "quota.near", facts: { limit: "units", percent: 75, used: 750, of: 1_000, ...month } },
  { kind: "quota.near", facts: { limit: "month_budget", percent: 90, used: 4.5e9, of: 5e9, ...month } },
  { kind: "quota.near", facts: { limit: "day_budget", percent: 100, used: 5e9, of: 5e9, ...day } },
  { kind: "errors.many", facts: { model: "churn", calls: 40, failures: 10, own: true } },
  { kind: "errors.many", facts: { model: "churn", calls: 40, failures: 10, own: false } },
  { kind: "model.slow", facts: { model: "churn", calls: 50, p95: 900, usual: 80 } },
  { kind: "key.unusual", facts: { key: "CI", reason: "rate", calls: 1_200, usual: 30 } },
  { kind: "key.unusual", facts: { key: "CI", reason: "errors", calls: 40, failures: 30, usualPercent: 1 } },
  { kind: "key.unusual", facts: { key: "CI", reason: "place", place: "192.0.2.7" } },
  { kind: "webhook.disabled", facts: { url: "https://a.example/x", why: "It answered 410: it is gone." } },
  { kind: "audit.broken", facts: { position: 7, why: "its content was changed" } },
  { kind: "disk.nearly_full", facts: { folder: "/data", freePercent: 3, freeBytes: 2 ** 30 } },
];

test("every kind has words: a title for a line, sentences, a cure and a page of this app", () => {
  expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(alertKinds));
  for (const example of examples) {
    const { title, detail, cure, href } = alertWords(example);
    expect(title.length).toBeLessThan(200);
    expect(title).toMatch(/^[A-Z\da-z][^\n.]*$/);
    expect(detail).toMatch(/\.$/);
    expect(cure).toMatch(/\.$/);
    expect(href).toMatch(/^\/[a-z]/);
    expect(`${title}${detail}${cure}`).not.toMatch(/undefined|NaN|null|\[object/);
  }
});

test.each([
  [
    "75 % of your quota is used",
    "750 of 1,000 units are used in November 2026. It begins anew with the next month (UTC).",
  ],
  [
    "90 % of your budget is used",
    "4.50 EUR of 5.00 EUR are used in November 2026. It begins anew with the next month (UTC).",
  ],
  [
    "Your budget of the day is used up",
    "5.00 EUR of 5.00 EUR are used on 21 November 2026. It begins anew at midnight (UTC).",
  ],
])("%s", (title, detail) => {
  const found = examples.map(alertWords).find((words) => words.title === title);
  expect(found?.detail).toBe(detail);
});
