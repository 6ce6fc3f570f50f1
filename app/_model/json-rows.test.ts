import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonOf, readJson, rowForForm } from "./json-rows";

const row = fc.dictionary(fc.string(), fc.jsonValue());

test("rows that are written as JSON are read as the same rows", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        row.map((input) => ({ input })),
        fc.array(row, { minLength: 1 }).map((inputs) => ({ inputs })),
      ),
      (rows) => {
        expect(JSON.stringify(readJson(jsonOf(rows)))).toBe(JSON.stringify(rows));
      },
    ),
  );
});

test.each([
  ["", /Write a JSON object/],
  ['{"age": }', /not JSON yet/],
  ["5", /object in braces for one row/],
  ["null", /object in braces for one row/],
  ["[]", /at least one row/],
  ["[{}, 3]", /Row 2 of the list/],
])("%j is answered with what is wrong", (text, words) => {
  expect(readJson(text)).toMatch(words);
});

test("nothing that was typed as JSON is dropped by going to the fields", () => {
  expect(rowForForm({ input: { age: 1 } }, ["age", "city"])).toEqual({ age: 1 });
  expect(rowForForm({ input: { age: 1, colour: "red" } }, ["age"])).toMatch(/“colour”/);
  expect(rowForForm({ inputs: [{ age: 1 }] }, ["age"])).toMatch(/list of several/);
});
