import { expect, test } from "vitest";
import { csvText, harmless } from "./csv-text";

test("cells that would break a line are quoted", () => {
  expect(csvText([["a", 'say "x"', "1,5", "two\nlines", " edge"]])).toBe(
    'a,"say ""x""","1,5","two\nlines"," edge"\r\n',
  );
});

test("what a spreadsheet would run is text", () => {
  expect(["=1+1", "@x", "-2", "2"].map(harmless)).toEqual(["'=1+1", "'@x", "'-2", "2"]);
});
