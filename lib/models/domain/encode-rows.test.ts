import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { datatypes } from "../../runners/domain";
import {
  ana,
  faultsOf,
  type GivenColumn,
  iris,
  people,
  readerFor,
  readOne,
  signatureOf,
  tensorsOf,
} from "../../testing/row-readers";
import { compileRows, type Row } from "./encode-rows";

describe("named rows", () => {
  test("every column goes to its place of its tensor, one_hot as one place per category", () => {
    expect(tensorsOf(readOne(people, ana))).toEqual({
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
          [{ name: "x", ...rules } as GivenColumn],
        );
        const written = tensorsOf(readOne(reader, { x: value })).t?.data[0];
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
    expect(tensorsOf(readOne(reader, { a: 1, b: 2, c: 3, d: 4 })).t).toEqual({
      shape: [1, 2, 2],
      data: [1, 2, 3, 4],
    });
  });

  test("a column may be called like something every object has", () => {
    const reader = readerFor(
      [{ name: "t", datatype: "FP32", shape: [-1, 1] }],
      [{ name: "constructor", kind: "number" }],
    );
    expect(tensorsOf(readOne(reader, { constructor: 2 })).t?.data).toEqual([2]);
    expect(faultsOf(() => readOne(reader, {}))[0]?.message).toBe("constructor is missing.");
  });
});

const fromJson = (text: string) => JSON.parse(text) as Row;

describe("upstreams that take rows as they are", () => {
  const about = { inputs: [], runner: "http", preset: "json" } as const;
  const columns: GivenColumn[] = [
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

  /** Right rows in which some values, or values inside lists, became something else, and some names too. */
  const mutatedRow = fc
    .tuple(
      fc.constantFrom<Row>(ana, { measurements: [[5.1, 3.5, 1.4, 0.2]] }, { t: [[[1, 2]]] }, { t: "a" }),
      fc.array(fc.tuple(fc.nat(20), fc.jsonValue({ maxDepth: 3 }), fc.option(names)), { maxLength: 3 }),
    )
    .map(([row, changes]) => {
      let count = 0;
      const changed = (value: unknown): unknown => {
        const at = count++;
        const change = changes.find(([place]) => place === at);
        if (change) return change[1];
        return Array.isArray(value) ? value.map(changed) : value;
      };
      const entries = Object.entries(row).map(([name, value], index) => {
        const renamed = changes.find(([place, , other]) => place === index && other !== null);
        return [renamed?.[2] ?? name, changed(value)];
      });
      return Object.fromEntries(entries) as Row;
    });

  test("10,000 mutated rows are read or refused, and never anything else", () => {
    fc.assert(
      fc.property(mutatedRow, (row) => readers.every((reader) => isOrderly(() => readOne(reader, row)))),
      { numRuns: 10_000 },
    );
  });

  test("numbers that JSON can say and computers cannot hold are refused", () => {
    const [huge] = JSON.parse("[1e999]") as [number];
    for (const name of ["age", "rooms", "visits"])
      expect(faultsOf(() => readOne(people, { ...ana, [name]: huge }))).toHaveLength(1);
  });
});
