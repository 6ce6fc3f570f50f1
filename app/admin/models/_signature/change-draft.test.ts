import fc from "fast-check";
import { expect, test } from "vitest";
import type { Signature } from "@/lib/models/schema";
import { changeDraft, type DraftChange } from "./change-draft";
import { toDraft } from "./draft";
import { namesIn } from "./names-in";
import { faultAt, readDraft } from "./read-draft";

const empty = { title: null, description: null, unit: null, min: null, max: null, length_max: null };
const iris: Signature = {
  columns: [
    {
      ...empty,
      name: "sepal_length",
      title: "Sepal length",
      kind: "number",
      unit: "cm",
      min: 4.3,
      max: 7.9,
      categories: null,
      one_hot: false,
      example: 5.1,
      tensor: null,
    },
    {
      ...empty,
      name: "garden",
      kind: "category",
      categories: ["north, shaded", "south"],
      one_hot: true,
      example: "south",
      tensor: "place",
    },
    {
      ...empty,
      name: "is_wild",
      kind: "boolean",
      categories: null,
      one_hot: false,
      example: false,
      tensor: null,
    },
  ],
  result: {
    kind: "classes",
    labels: ["setosa", "versicolor"],
    probabilities: "probabilities",
    label: null,
  },
};
const namedValues: Signature = {
  columns: null,
  result: {
    kind: "fields",
    fields: [
      {
        name: "price",
        title: null,
        kind: "number",
        unit: "€",
        min: 0,
        max: null,
        categories: null,
        from: null,
        index: 2,
      },
    ],
  },
};

test.each([["classes", iris] as const, ["fields", namedValues] as const])(
  "a signature with %s that nobody changed is sent as it came",
  (_, signature) => {
    expect(readDraft(toDraft(signature))).toEqual({ signature, faults: {} });
  },
);

const key = fc.integer({ min: 0, max: 6 });
const steps: fc.Arbitrary<DraftChange> = fc.oneof(
  fc.constant<DraftChange>({ do: "add", list: "columns" }),
  key.map((key): DraftChange => ({ do: "remove", list: "columns", key })),
  fc
    .tuple(key, fc.constantFrom<-1 | 1>(-1, 1))
    .map(([key, by]): DraftChange => ({ do: "move", list: "columns", key, by })),
);

test("whatever is added, removed and moved, every column has a key and a name of its own", () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 30 }), (changes) => {
      const { columns } = changes.reduce(changeDraft, toDraft(iris));
      expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    }),
  );
});

test("moving keeps what was written, and stops at both ends", () => {
  const draft = toDraft(iris);
  const namesAfter = (step: DraftChange) => changeDraft(draft, step).columns.map(({ name }) => name);
  expect(namesAfter({ do: "move", list: "columns", key: 1, by: -1 })).toEqual([
    "garden",
    "sepal_length",
    "is_wild",
  ]);
  expect(namesAfter({ do: "move", list: "columns", key: 0, by: -1 })).toEqual(
    draft.columns.map(({ name }) => name),
  );
});

test("pasted names go in their order, and more of them make more columns", () => {
  const { columns } = changeDraft(toDraft(iris), { do: "name columns", names: ["a", "b", "c", "d"] });
  expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
    ["a", "cm"],
    ["b", ""],
    ["c", ""],
    ["d", ""],
  ]);
});

test.each([
  ["sepal length (cm),sepal width (cm)", ["sepal_length_cm", "sepal_width_cm"]],
  ["age;city;age", ["age", "city", "age_2"]],
  ["Größe\tFläche", ["grosse", "flache"]],
  ["one\r\ntwo\n\nthree", ["one", "two", "three"]],
  ["2019,2020", ["_2019", "_2020"]],
  ["", []],
])("names are read from %j", (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

const first = toDraft(iris).columns[0];
const faultOf = (change: Partial<NonNullable<typeof first>>, place: string) =>
  faultAt(readDraft(changeDraft(toDraft(iris), { do: "edit column", key: 0, change })).faults, place);

test.each([
  [{ name: "sepal length" }, "columns/0/name", /Letters, digits and _/],
  [{ name: " " }, "columns/0/name", /Give the column a name/],
  [{ name: "is_wild" }, "columns/2/name", /Another column/],
  [{ min: "4,3" }, "columns/0/min", /such as 4.5/],
  [{ min: "9" }, "columns/0/max", /smaller than the least/],
  [{ kind: "integer" as const, example: "5.5" }, "columns/0/example", /whole number/],
  [{ kind: "category" as const, categories: "" }, "columns/0/categories", /one on each line/],
  [{ kind: "category" as const, categories: "a\na" }, "columns/0/categories", /twice/],
  [{ kind: "category" as const, categories: "a", example: "b" }, "columns/0/example", /none of the values/],
])("a column with %j is told so at its field", (change, place, message) => {
  expect(faultOf(change, place)).toMatch(message);
});

test("a kind takes along only what it has a use for", () => {
  const draft = changeDraft(toDraft(iris), {
    do: "edit column",
    key: 0,
    change: { kind: "text", example: "x" },
  });
  expect(readDraft(draft).signature.columns?.[0]).toMatchObject({
    kind: "text",
    unit: null,
    min: null,
    max: null,
  });
});

test("a fault inside a list belongs to the list, and not to another one that begins alike", () => {
  const faults = { "columns/1/categories/2": "Empty." };
  expect(faultAt(faults, "columns/1/categories")).toBe("Empty.");
  expect(faultAt(faults, "columns/1")).toBe("Empty.");
  expect(faultAt(faults, "columns/1/cat")).toBeUndefined();
});
