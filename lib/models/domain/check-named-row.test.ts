import { describe, expect, test } from "vitest";
import { ana, faultsOf, people, readerFor, readOne, tensorsOf } from "../../testing/row-readers";
import type { Row } from "./encode-rows";

const without = (name: string): Row =>
  Object.fromEntries(Object.entries(ana).filter(([key]) => key !== name));
const fromJson = (text: string) => JSON.parse(text) as Row;

describe("what is wrong is said with a pointer, the reason and the cure", () => {
  test.each<[string, Row, string, string, string]>([
    ["missing", without("age"), "/input/age", "age is missing.", "Send a number from 0 to 120, in years."],
    [
      "null",
      { ...ana, age: null },
      "/input/age",
      "age is null, but has to be a number.",
      "Send a number from 0 to 120, in years.",
    ],
    [
      "below",
      { ...ana, age: -1 },
      "/input/age",
      "age is below 0, the least it may be.",
      "Send a number from 0 to 120, in years.",
    ],
    [
      "above",
      { ...ana, age: 121 },
      "/input/age",
      "age is above 120, the most it may be.",
      "Send a number from 0 to 120, in years.",
    ],
    [
      "infinite",
      { ...ana, ...fromJson('{"age": 1e999}') },
      "/input/age",
      "age is larger than any number can be.",
      "Send a number from 0 to 120, in years.",
    ],
    [
      "quoted",
      { ...ana, age: "41" },
      "/input/age",
      "age is text, but has to be a number.",
      "Send a number from 0 to 120, in years; numbers go without quotes and with a point.",
    ],
    [
      "a fraction",
      { ...ana, rooms: 2.5 },
      "/input/rooms",
      "rooms has to be a whole number.",
      "Send a whole number.",
    ],
    [
      "a list",
      { ...ana, rooms: [1] },
      "/input/rooms",
      "rooms is a list, but has to be a whole number.",
      "Send a whole number.",
    ],
    [
      "another case",
      { ...ana, city: "lyon" },
      "/input/city",
      "city is none of the values it can have.",
      'Did you mean "Lyon"? Send one of "Lyon", "Paris".',
    ],
    [
      "unknown",
      { ...ana, city: "Oslo" },
      "/input/city",
      "city is none of the values it can have.",
      'Send one of "Lyon", "Paris".',
    ],
    [
      "not text",
      { ...ana, city: 1 },
      "/input/city",
      "city is a number, but has to be text.",
      'Send one of "Lyon", "Paris".',
    ],
    [
      "rounded already",
      { ...ana, visits: 2 ** 53 },
      "/input/visits",
      "visits is a number too large to arrive exactly.",
      "Send whole numbers beyond 9007199254740991 as text of digits, if the model takes 64-bit numbers.",
    ],
    [
      "beyond 64 bits",
      { ...ana, visits: "9223372036854775808" },
      "/input/visits",
      "visits is above 9223372036854775807, the most it may be.",
      "Send a whole number of at most 9223372036854775807.",
    ],
    [
      "one too many",
      { ...ana, hat: 1 },
      "/input/hat",
      'The model has no column "hat".',
      'Its columns are "age", "rooms", "size", "city", "visits".',
    ],
    [
      "of every object",
      { ...ana, constructor: 1 },
      "/input/constructor",
      'The model has no column "constructor".',
      'Its columns are "age", "rooms", "size", "city", "visits".',
    ],
    [
      "a prototype",
      fromJson(`{${JSON.stringify(ana).slice(1, -1)}, "__proto__": {"age": 1}}`),
      "/input/__proto__",
      'The model has no column "__proto__".',
      'Its columns are "age", "rooms", "size", "city", "visits".',
    ],
    [
      "odd",
      { ...ana, "a/b~c": 1 },
      "/input/a~1b~0c",
      'The model has no column "a/b~c".',
      'Its columns are "age", "rooms", "size", "city", "visits".',
    ],
  ])("%s", (_, row, pointer, message, fix) => {
    expect(faultsOf(() => readOne(people, row))).toEqual([{ pointer, message, fix }]);
  });

  test("a misspelt column is found twice, and once with the right name", () => {
    expect(faultsOf(() => readOne(people, { ...without("city"), City: "Lyon" }))).toEqual([
      { pointer: "/input/city", message: "city is missing.", fix: 'Send one of "Lyon", "Paris".' },
      { pointer: "/input/City", message: 'The model has no column "City".', fix: 'Did you mean "city"?' },
    ]);
  });

  test("of several rows the pointer names the row, and the sentence counts", () => {
    const read = () => people.read([ana, { ...ana, age: 500 }, { ...ana, city: "" }], true, 10);
    expect(faultsOf(read).map(({ pointer }) => pointer)).toEqual(["/inputs/1/age", "/inputs/2/city"]);
    expect(read).toThrow("2 things are wrong with the input. The first: age is above 120");
  });

  test("values are never repeated: they may be private, and errors are kept longer than calls", () => {
    const secret = "4111111111111111";
    const rows = [ana, ...Object.keys(ana).map((name) => ({ ...ana, [name]: `${secret}x` }))];
    expect(JSON.stringify(faultsOf(() => people.read(rows, true, 10)))).not.toContain(secret);
  });

  test("no more than 50, and no name of any length", () => {
    const faults = faultsOf(() => people.read(Array(1_000).fill({ ["x".repeat(10_000)]: 1 }), true, 1_000));
    expect(faults).toHaveLength(50);
    expect(JSON.stringify(faults).length).toBeLessThan(20_000);
  });

  test.each([
    [0, 5, "There is no row in inputs.", "Send at least one row."],
    [6, 5, "These are 6 rows, and this model takes 5 at once.", "Send at most 5 rows per call."],
  ])("%i rows of %i", (count, rowsMax, message, fix) => {
    expect(faultsOf(() => people.read(Array(count).fill(ana), true, rowsMax))).toEqual([
      { pointer: "/inputs", message, fix },
    ]);
  });

  test("a model without a free first dimension takes one row", () => {
    const reader = readerFor([{ name: "t", datatype: "FP32", shape: [2, 2] }], null);
    const row = { t: [1, 2, 3, 4] };
    expect(tensorsOf(readOne(reader, row)).t).toEqual({ shape: [2, 2], data: [1, 2, 3, 4] });
    expect(faultsOf(() => reader.read([row, row], true, 9))[0]?.fix).toBe("Send one row per call.");
  });
});
