import { describe, expect, test } from "vitest";
import { result } from "@/lib/models/schema";
import { outputText, percentText } from "./result-words";

test.each([
  [0, "0.0 %"],
  [0.000001, "< 0.1 %"],
  [0.5, "50.0 %"],
  [0.98249, "98.2 %"],
  [0.99999, "> 99.9 %"],
  [1, "100.0 %"],
])("%d is %s: nothing is rounded to a certainty that is none", (probability, text) => {
  expect(percentText(probability)).toBe(text);
});

const classes = result.parse({ kind: "classes", labels: ["setosa", "virginica"] });
const fields = result.parse({
  kind: "fields",
  fields: [
    { name: "price", title: "Price", kind: "number", unit: "€" },
    { name: "is_sold", kind: "boolean" },
  ],
});

describe("an answer in a line", () => {
  test.each([
    [classes, { label: "setosa", probability: 0.98 }, "setosa, 98.0 %"],
    [classes, { label: "setosa" }, "setosa"],
    [fields, { price: 231_000, is_sold: true }, "Price: 231,000 €, Is sold: Yes"],
    [{ kind: "raw" } as const, { output: [1] }, '{"output":[1]}'],
    // An older version answered something else.
    [classes, [1, 2], "[1,2]"],
    [null, { label: "setosa" }, '{"label":"setosa"}'],
  ])("%#", (kind, output, text) => {
    expect(outputText(kind, output)).toBe(text);
  });
});
