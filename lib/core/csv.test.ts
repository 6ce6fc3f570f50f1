import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine, csvTable } from "./csv";

describe("csv", () => {
  it("is read back by others as it was written", () => {
    const cell = fc
      .string({ unit: "grapheme" })
      .filter((text) => !/^\s*[=+\-@\t\r]/.test(text) && text !== "");
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        expect(parse(csvLine(cells))).toEqual([cells]);
      }),
    );
  });

  // Seen failing: without the apostrophe these open as formulas.
  it("keeps a spreadsheet from running a text", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0"])
      expect(csvLine([text]).replace(/^"/, "")[0]).toBe("'");
  });

  it("leaves numbers as they are", () => {
    expect(csvTable(["a", "b"], [{ a: -1.5, b: null }])).toBe("a,b\r\n-1.5,\r\n");
  });
});
