import { expect, test } from "vitest";
import type { TensorSpec } from "../../runners/domain";
import { signature } from "../schema";
import { signatureFaults } from "./check-signature";

const inputs: TensorSpec[] = [
  { name: "numbers", datatype: "FP32", shape: [-1, 4] },
  { name: "city", datatype: "BYTES", shape: [-1, 1] },
];
const outputs: TensorSpec[] = [
  { name: "label", datatype: "INT64", shape: [-1] },
  { name: "probabilities", datatype: "FP32", shape: [-1, 3] },
  { name: "note", datatype: "BYTES", shape: [-1] },
];
const good = [
  { name: "age", kind: "number", min: 0, max: 120, example: 41 },
  { name: "size", kind: "category", categories: ["S", "M", "L"], one_hot: true, example: "M" },
  { name: "city", kind: "text", tensor: "city", length_max: 20 },
];
const raw = { kind: "raw" };
const classes = { kind: "classes", labels: ["a", "b", "c"], probabilities: "probabilities", label: "label" };
const price = { name: "price", kind: "number" };

const faultsOf = (columns: unknown, result: unknown, hasTensors = true) =>
  hasTensors
    ? signatureFaults(signature.parse({ columns, result }), inputs, outputs, "onnx")
    : signatureFaults(signature.parse({ columns, result }), [], [], "http");
const places = (columns: unknown, result: unknown = raw) =>
  faultsOf(columns, result).map(({ pointer }) => pointer.replace("/signature", ""));

/** The good columns with one of them changed. */
const but = (index: number, change: object) =>
  good.map((column, at) => (at === index ? { ...column, ...change } : column));

test.each<[string, unknown, unknown]>([
  ["columns", good, raw],
  ["no columns", null, raw],
  ["classes", good, classes],
  ["classes by the likeliest", good, { ...classes, label: null }],
  ["fields", good, { kind: "fields", fields: [{ ...price, from: "probabilities", index: 2 }] }],
])("%s that fit", (_, columns, result) => expect(faultsOf(columns, result)).toEqual([]));

test.each<[string, unknown, string]>([
  ["two of one name", but(1, { name: "age" }), "/columns/1/name"],
  ["a range that ends before it begins", but(0, { min: 200 }), "/columns/0/min"],
  ["a range of something else than numbers", but(2, { min: 1 }), "/columns/2/min"],
  ["a category without values", [{ name: "x", kind: "category" }, ...good], "/columns/0/categories"],
  ["values without a category", but(0, { categories: ["a"] }), "/columns/0/categories"],
  ["a value twice", but(1, { categories: ["S", "M", "M"] }), "/columns/1/categories"],
  ["one_hot of a number", but(0, { one_hot: true }), "/columns/0/one_hot"],
  ["one_hot into text", but(1, { tensor: "city" }), "/columns/1/one_hot"],
  ["a length of a number", but(0, { length_max: 5 }), "/columns/0/length_max"],
  [
    "a range without a whole number",
    [{ name: "x", kind: "integer", min: 0.2, max: 0.8 }, ...good],
    "/columns/0/min",
  ],
  ["an example out of range", but(0, { example: 121 }), "/columns/0/example"],
  ["an example of another type", but(0, { example: "41" }), "/columns/0/example"],
  ["an unknown tensor", but(0, { tensor: "number" }), "/columns/0/tensor"],
  ["text into numbers", but(2, { tensor: "numbers" }), "/columns/2/kind"],
  ["too few values", good.slice(1), "/columns"],
  ["too many values", [...good, { name: "more", kind: "number" }], "/columns"],
  ["an input left empty", good.slice(0, 2), "/columns"],
])("%s", (_, columns, pointer) => expect(places(columns)).toEqual([pointer]));

test.each<[string, object, string]>([
  ["a label twice", { ...classes, labels: ["a", "b", "b"] }, "/labels"],
  ["too few labels", { ...classes, labels: ["a", "b"] }, "/labels"],
  ["an unknown output", { ...classes, label: "lable" }, "/label"],
  ["a label of several values", { ...classes, label: "probabilities" }, "/label"],
  ["whole numbers as probabilities", { ...classes, probabilities: "label" }, "/probabilities"],
  ["two results of one name", { kind: "fields", fields: [price, price] }, "/fields/1/name"],
  ["a place beyond the row", { kind: "fields", fields: [{ ...price, index: 1 }] }, "/fields/0/index"],
  ["a result from nowhere", { kind: "fields", fields: [{ ...price, from: "x" }] }, "/fields/0/from"],
  ["a number from text", { kind: "fields", fields: [{ ...price, from: "note" }] }, "/fields/0/kind"],
])("%s", (_, result, pointer) => expect(places(good, result)[0]).toBe(`/result${pointer}`));

test("more categories than the tensor can count", () => {
  const small: TensorSpec[] = [{ name: "t", datatype: "INT8", shape: [-1, 1] }];
  const categories = Array.from({ length: 129 }, (_, index) => `c${index}`);
  const faults = (count: number) =>
    signatureFaults(
      signature.parse({
        columns: [{ name: "x", kind: "category", categories: categories.slice(0, count) }],
        result: raw,
      }),
      small,
      outputs,
      "onnx",
    ).map(({ pointer }) => pointer);
  expect(faults(128)).toEqual([]);
  expect(faults(129)).toEqual(["/signature/columns/0/categories"]);
});

test("an upstream without tensors is checked as far as there is something to check", () => {
  const columns = but(2, { tensor: null }).map((column) => ({ ...column, one_hot: false }));
  expect(faultsOf(columns, { ...classes, labels: ["a", "b"] }, false)).toEqual([]);
  expect(faultsOf(good, raw, false).map(({ pointer }) => pointer)).toContain("/signature/columns/2/tensor");
});

test("no column and no result is called __proto__", () => {
  const columns = [{ name: "__proto__", kind: "number" }];
  expect(signature.safeParse({ columns, result: raw }).success).toBe(false);
  const fields = [{ ...price, name: "__proto__" }];
  expect(signature.safeParse({ columns: null, result: { kind: "fields", fields } }).success).toBe(false);
});
