import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { datatypes, type TensorSpec } from "../../runners/domain";
import { column, type Signature } from "../schema";
import { compileRows, type ReadRows, type Row } from "./encode-rows";

type Given = Parameters<typeof column.parse>[0];
const signatureOf = (columns: Given[] | null): Signature => ({
  columns: columns?.map((given) => column.parse(given)) ?? null,
  result: { kind: "raw" },
});
const readerFor = (inputs: TensorSpec[], columns: Given[] | null) =>
  compileRows({ inputs, signature: signatureOf(columns), runner: "onnx", preset: null });

const table: TensorSpec[] = [
  { name: "numbers", datatype: "FP32", shape: [-1, 5] },
  { name: "city", datatype: "BYTES", shape: [-1, 1] },
  { name: "big", datatype: "INT64", shape: [-1] },
];
const people = readerFor(table, [
  { name: "age", kind: "number", min: 0, max: 120, unit: "years" },
  { name: "rooms", kind: "integer" },
  { name: "size", kind: "category", categories: ["S", "M", "L"], one_hot: true },
  { name: "city", kind: "category", categories: ["Lyon", "Paris"], tensor: "city" },
  { name: "visits", kind: "integer", tensor: "big" },
]);
const ana: Row = { age: 41, rooms: 3, size: "M", city: "Lyon", visits: "9007199254740993" };
const iris = readerFor([{ name: "measurements", datatype: "FP32", shape: [-1, 4] }], null);

const tensorsOf = (read: ReadRows) => {
  if (read.kind !== "tensors") throw new Error("these are rows");
  return Object.fromEntries(
    read.tensors.map(({ name, shape, data }) => [name, { shape, data: Array.from<unknown>(data) }]),
  );
};
const one = (reader: typeof people, row: Row) => reader.read([row], false, 1_000);

function faultsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError && error.code === "request.invalid" && error.faults) return error.faults;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("named rows", () => {
  test("every column goes to its place of its tensor, one_hot as one place per category", () => {
    expect(tensorsOf(one(people, ana))).toEqual({
      numbers: { shape: [1, 5], data: [41, 3, 0, 1, 0] },
      city: { shape: [1, 1], data: ["Lyon"] },
      big: { shape: [1], data: [9007199254740993n] },
    });
  });

  test("rows lie one after the other", () => {
    const rows = [ana, { age: 1.5, rooms: -2, size: "L", city: "Paris", visits: 7 }];
    expect(tensorsOf(people.read(rows, true, 2))).toEqual({
      numbers: { shape: [2, 5], data: [41, 3, 0, 1, 0, 1.5, -2, 0, 0, 1] },
      city: { shape: [2, 1], data: ["Lyon", "Paris"] },
      big: { shape: [2], data: [9007199254740993n, 7n] },
    });
  });

  test("every kind goes into every type that can hold it", () => {
    const kinds = {
      number: [{ kind: "number" }, 1],
      boolean: [{ kind: "boolean" }, true],
      category: [{ kind: "category", categories: ["a", "b"] }, "b"],
    } as const;
    for (const datatype of datatypes)
      for (const [kind, [rules, value]] of Object.entries(kinds)) {
        const reader = readerFor(
          [{ name: "t", datatype, shape: [-1, 1] }],
          [{ name: "x", ...rules } as Given],
        );
        const written = tensorsOf(one(reader, { x: value })).t?.data[0];
        const text = kind === "category" ? "b" : String(value);
        expect(written, `${kind} in ${datatype}`).toEqual(
          datatype === "BYTES" ? text : typeof written === "bigint" ? 1n : 1,
        );
      }
  });

  test("a tensor with a free length is as long as its columns are many", () => {
    const reader = readerFor(
      [{ name: "t", datatype: "FP64", shape: [-1, -1, 2] }],
      ["a", "b", "c", "d"].map((name) => ({ name, kind: "number" as const })),
    );
    expect(tensorsOf(one(reader, { a: 1, b: 2, c: 3, d: 4 })).t).toEqual({
      shape: [1, 2, 2],
      data: [1, 2, 3, 4],
    });
  });

  test("a column may be called like something every object has", () => {
    const reader = readerFor(
      [{ name: "t", datatype: "FP32", shape: [-1, 1] }],
      [{ name: "constructor", kind: "number" }],
    );
    expect(tensorsOf(one(reader, { constructor: 2 })).t?.data).toEqual([2]);
    expect(faultsOf(() => one(reader, {}))[0]?.message).toBe("constructor is missing.");
  });
});

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
      "Send a whole number from -9223372036854775808 to 9223372036854775807.",
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
    expect(faultsOf(() => one(people, row))).toEqual([{ pointer, message, fix }]);
  });

  test("a misspelt column is found twice, and once with the right name", () => {
    expect(faultsOf(() => one(people, { ...without("city"), City: "Lyon" }))).toEqual([
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
    expect(tensorsOf(one(reader, row)).t).toEqual({ shape: [2, 2], data: [1, 2, 3, 4] });
    expect(faultsOf(() => reader.read([row, row], true, 9))[0]?.fix).toBe("Send one row per call.");
  });
});

describe("rows given as tensors", () => {
  const values = [5.5, 3.5, 1.5, 0.25];
  test.each<[string, unknown]>([
    ["as the tensor is", [values]],
    ["without the list of rows", values],
  ])("%s", (_, measurements) => {
    expect(tensorsOf(one(iris, { measurements })).measurements).toEqual({ shape: [1, 4], data: values });
  });

  test("several rows are several inputs", () => {
    const rows = [{ measurements: [values] }, { measurements: values }];
    expect(tensorsOf(iris.read(rows, true, 2)).measurements).toEqual({
      shape: [2, 4],
      data: [...values, ...values],
    });
  });

  test("of a model with columns too, also where a column is called like its tensor", () => {
    const row = { numbers: [[1, 2, 3, 4, 5]], city: ["Oslo"], big: [1] };
    expect(tensorsOf(one(people, row)).city).toEqual({ shape: [1, 1], data: ["Oslo"] });
    const single = readerFor(
      [{ name: "age", datatype: "FP32", shape: [-1, 1] }],
      [{ name: "age", kind: "number", tensor: "age" }],
    );
    expect(tensorsOf(one(single, { age: [[41]] }))).toEqual(tensorsOf(one(single, { age: 41 })));
  });

  test.each<[string, TensorSpec["shape"], unknown, number[]]>([
    [
      "a picture",
      [-1, 2, 2, 1],
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [1, 2, 2, 1],
    ],
    ["a picture, flat", [-1, 2, 2, 1], [1, 2, 3, 4], [1, 2, 2, 1]],
    ["a text of any length", [-1, -1], [1, 2, 3, 4], [1, 4]],
    ["one value", [-1], 1, [1]],
    ["one value in a list", [-1, 1], [1], [1, 1]],
    ["no dimension", [], 1, []],
  ])("%s", (_, shape, value, expected) => {
    const reader = readerFor([{ name: "t", datatype: "INT32", shape }], null);
    const { t } = tensorsOf(one(reader, { t: value }));
    expect(t?.shape).toEqual(expected);
    expect(t?.data).toEqual([1, 2, 3, 4].slice(0, t?.data.length));
  });

  test("true and false are values of BOOL, and so are 1 and 0", () => {
    const reader = readerFor([{ name: "t", datatype: "BOOL", shape: [-1, 4] }], null);
    expect(tensorsOf(one(reader, { t: [true, false, 1, 0] })).t?.data).toEqual([1, 0, 1, 0]);
  });

  test.each<[string, unknown, string, string]>([
    [
      "too short",
      [[1, 2, 3]],
      "/input/measurements",
      "measurements has the shape [1, 3], and one row has the shape [1, 4].",
    ],
    ["too deep", [[[[1]]]], "/input/measurements", "measurements is nested deeper than its shape [n, 4]."],
    ["empty", [], "/input/measurements", "measurements holds no value."],
    ["two rows", [values, values], "/input/measurements", "measurements holds 2 rows in one."],
    ["no list", 5, "/input/measurements", "measurements has the shape [], and one row has the shape [1, 4]."],
    ["a word", [[1, 2, "x", 4]], "/input/measurements/0/2", "measurements is text, but has to be a number."],
    [
      "a list inside",
      [[1, [2], 3, 4]],
      "/input/measurements/0/1",
      "measurements is a list, but has to be a number.",
    ],
    [
      "beyond the type",
      [[1, 2, 3, 1e39]],
      "/input/measurements/0/3",
      "measurements is above 3.4028234663852886e+38, the most it may be.",
    ],
  ])("%s is refused where it is", (_, measurements, pointer, message) => {
    const [fault] = faultsOf(() => one(iris, { measurements }));
    expect(fault).toMatchObject({ pointer, message });
  });

  test("ragged lists cost what they hold, not what they promise", () => {
    const reader = readerFor([{ name: "t", datatype: "FP64", shape: [-1, -1, -1] }], null);
    const wide = Array(30_000).fill(0);
    const tall = [wide, ...Array(30_000).fill([])];
    expect(faultsOf(() => one(reader, { t: [tall] }))[0]?.message).toBe(
      "Here is a list of 0, where the list beside it has 30000.",
    );
  });

  test("names that the model does not have", () => {
    expect(faultsOf(() => one(iris, { measurement: [values] }))).toEqual([
      {
        pointer: "/input/measurements",
        message: "measurements is missing.",
        fix: "Send its values as nested lists of the shape [n, 4].",
      },
      {
        pointer: "/input/measurement",
        message: 'The model has no input "measurement".',
        fix: 'Did you mean "measurements"?',
      },
    ]);
  });

  test("rows of different shapes cannot share a tensor", () => {
    const reader = readerFor([{ name: "t", datatype: "FP32", shape: [-1, -1] }], null);
    expect(faultsOf(() => reader.read([{ t: [1, 2] }, { t: [1] }], true, 2))[0]?.pointer).toBe("/inputs/1/t");
  });
});

describe("upstreams that take rows as they are", () => {
  const about = { inputs: [], runner: "http", preset: "json" } as const;
  const columns: Given[] = [
    { name: "age", kind: "integer", min: 0 },
    { name: "city", kind: "category", categories: ["Lyon"], one_hot: true },
    { name: "isNew", kind: "boolean" },
  ];
  const row = { age: 41, city: "Lyon", isNew: true };

  test("the row is checked and handed on unchanged", () => {
    const reader = compileRows({ ...about, signature: signatureOf(columns) });
    expect(reader.read([row], false, 1)).toEqual({ kind: "rows", rows: [row] });
    expect(faultsOf(() => reader.read([{ ...row, age: "1", hat: 1 }], false, 1))).toHaveLength(2);
  });

  test("without columns any object passes that is not there to exhaust", () => {
    const reader = compileRows({ ...about, signature: signatureOf(null) });
    const odd = fromJson('{"a": [1, {"b": null}], "__proto__": {"c": 1}}');
    const read = reader.read([odd], false, 1);
    expect(JSON.stringify(read.rows)).toBe(JSON.stringify([odd]));
    const deep = fromJson(`{"a": ${"[".repeat(5_000)}${"]".repeat(5_000)}}`);
    expect(faultsOf(() => reader.read([deep], false, 1))).toHaveLength(1);
    expect(faultsOf(() => reader.read([{ a: Array(200_000).fill(0) }], false, 1))).toHaveLength(1);
  });
});

const validRow = fc.record({
  age: fc.double({ min: 0, max: 120, noNaN: true }),
  rooms: fc.maxSafeInteger(),
  size: fc.constantFrom("S", "M", "L"),
  city: fc.constantFrom("Lyon", "Paris"),
  visits: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
});

describe("whatever comes", () => {
  test("a valid row is encoded to what it says", () => {
    fc.assert(
      fc.property(fc.array(validRow, { minLength: 1, maxLength: 20 }), (rows) => {
        const { numbers, city, big } = tensorsOf(people.read(rows, true, 20));
        for (const [index, row] of rows.entries()) {
          const own = numbers?.data.slice(index * 5, index * 5 + 5);
          const hot = ["S", "M", "L"].map((size) => (size === row.size ? 1 : 0));
          expect(own).toEqual([Math.fround(row.age), Math.fround(row.rooms), ...hot]);
          expect(city?.data[index]).toBe(row.city);
          expect(big?.data[index]).toBe(BigInt(row.visits));
        }
      }),
    );
  });

  /** Nothing but an answer or a fault that can be shown. */
  const isOrderly = (read: () => unknown): boolean => {
    try {
      read();
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "request.invalid") throw error;
      return (error.faults?.length ?? 0) > 0 && error.message.length < 1_000;
    }
  };
  const readers = [
    people,
    iris,
    readerFor([{ name: "t", datatype: "UINT64", shape: [-1, -1, 2] }], null),
    readerFor([{ name: "t", datatype: "BYTES", shape: [] }], null),
    compileRows({ inputs: [], signature: signatureOf(null), runner: "http", preset: "json" }),
  ];
  const names = fc.constantFrom(
    "measurements",
    "t",
    "numbers",
    "city",
    "big",
    "age",
    "__proto__",
    "toString",
  );
  const anyRow = fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue({ maxDepth: 4 }));

  test("arbitrary JSON is read or refused, and never anything else", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 4 }), fc.boolean(), (rows, isBatch) =>
        readers.every((reader) => isOrderly(() => reader.read(rows, isBatch, 3))),
      ),
      { numRuns: 2_000 },
    );
  });

  test("10,000 mutated bodies are read or refused, and never anything else", () => {
    const texts = [ana, { measurements: [[5.1, 3.5, 1.4, 0.2]] }, { t: [[1, 2]] }].map((row) =>
      JSON.stringify(row),
    );
    const change = fc.record({
      at: fc.nat(80),
      remove: fc.nat(3),
      put: fc.constantFrom(
        "",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "0",
        "-",
        "1e999",
        "null",
        "true",
        ":",
        "9".repeat(30),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (text, changes) => {
          const mutated = changes.reduce(
            (now, { at, remove, put }) => now.slice(0, at) + put + now.slice(at + remove),
            text,
          );
          let row: unknown;
          try {
            row = JSON.parse(mutated);
          } catch {
            return true;
          }
          if (row === null || typeof row !== "object" || Array.isArray(row)) return true;
          return readers.every((reader) => isOrderly(() => one(reader, row as Row)));
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
