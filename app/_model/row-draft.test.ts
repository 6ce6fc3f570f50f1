import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { column } from "@/lib/models/schema";
import type { Column } from "./model-words";
import { draftOf, readDraft } from "./row-draft";

const made = (about: Partial<Column> & Pick<Column, "kind">): Column =>
  column.parse({ name: "value", ...about });

const faultOf = (about: Partial<Column> & Pick<Column, "kind">, typed: string) =>
  readDraft([made(about)], { value: typed }).faults.value;

describe("what is typed into a field", () => {
  test.each([
    [{ kind: "number" }, "5.1", 5.1],
    [{ kind: "number" }, " -1e3 ", -1000],
    [{ kind: "number" }, ".5", 0.5],
    [{ kind: "integer" }, "41", 41],
    [{ kind: "integer" }, "9007199254740993", "9007199254740993"],
    [{ kind: "boolean" }, "true", true],
    [{ kind: "boolean" }, "false", false],
    [{ kind: "category", categories: ["Lyon", "Nice"] }, "Nice", "Nice"],
    [{ kind: "text" }, "", ""],
    [{ kind: "text" }, "12", "12"],
  ] as const)("%j and %j is sent as %j", (about, typed, value) => {
    expect(readDraft([made({ ...about } as never)], { value: typed })).toEqual({
      row: { value },
      faults: {},
    });
  });

  test.each([
    [{ kind: "number" }, "", "Write a number."],
    [{ kind: "number" }, "abc", "This is not a number."],
    [{ kind: "number" }, "0x10", "This is not a number."],
    [{ kind: "number" }, "Infinity", "This is not a number."],
    [{ kind: "number" }, "1e999", "This is not a number."],
    [{ kind: "number" }, "5,1", "Write it with a point: 5.1."],
    [{ kind: "number", min: 0 }, "-0.1", "Write 0 or more."],
    [{ kind: "number", max: 10 }, "10.01", "Write 10 or less."],
    [{ kind: "integer" }, "4.5", "Write a whole number."],
    [{ kind: "boolean" }, "", "Choose yes or no."],
    [{ kind: "category", categories: ["Lyon"] }, "Paris", "Choose one."],
    [{ kind: "text", length_max: 3 }, "four", "Write at most 3 characters; these are 4."],
  ] as const)("%j does not take %j: %s", (about, typed, fault) => {
    expect(faultOf({ ...about } as never, typed)).toBe(fault);
  });
});

/** What a category may be called: anything but nothing. */
const category = fc.string({ minLength: 1 }).filter((text) => text.trim() !== "");

const columnAndValue = fc.oneof(
  fc.record({
    column: fc.constant(made({ kind: "number" })),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  }),
  fc.record({ column: fc.constant(made({ kind: "integer" })), value: fc.maxSafeInteger() }),
  fc.record({ column: fc.constant(made({ kind: "boolean" })), value: fc.boolean() }),
  fc.record({ column: fc.constant(made({ kind: "text" })), value: fc.string() }),
  fc.uniqueArray(category, { minLength: 1, maxLength: 5 }).chain((categories) =>
    fc.record({
      column: fc.constant(made({ kind: "category", categories })),
      value: fc.constantFrom(...categories),
    }),
  ),
);

test("a good row stays the same when it goes through the fields, even in a column called __proto__", () => {
  fc.assert(
    fc.property(columnAndValue, fc.constantFrom("value", "__proto__"), ({ column, value }, name) => {
      const columns = [{ ...column, name }];
      const row = Object.fromEntries([[name, value]]);
      const read = readDraft(columns, draftOf(columns, row));
      expect(Object.entries(read.row)).toEqual([[name, value]]);
      expect(read.faults).toEqual({});
    }),
  );
});
