import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, flatten } from "./flatten-output";

test("each value of an output is a column; lists stay together", () => {
  const output = { label: "a", probabilities: { a: 0.9, b: 0.1 }, tags: [1, 2], none: null };
  expect([...flatten(output)]).toEqual([
    ["label", "a"],
    ["probabilities.a", 0.9],
    ["probabilities.b", 0.1],
    ["tags", [1, 2]],
    ["none", null],
  ]);
  expect([...flatten(7)]).toEqual([["output", 7]]);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])(
  "the text %j is no formula in a spreadsheet",
  (text) => expect(parse(csvLine([text]))).toEqual([[`'${text}`]]),
);

test("numbers stay numbers, and any other text comes back as it was", () => {
  expect(csvLine([-1.5, true, null])).toBe("-1.5,true,\r\n");
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 5 }), (texts) => {
      const [cells] = parse(csvLine(texts)) as string[][];
      expect(cells?.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ""))).toEqual(
        texts.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, "")),
      );
    }),
  );
});
