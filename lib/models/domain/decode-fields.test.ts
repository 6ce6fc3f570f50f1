import { describe, expect, test } from "vitest";
import type { Tensor, TensorSpec } from "../../runners/domain";
import { floats, refusalOf, texts, writerFor } from "../../testing/result-writers";

describe("fields from tensors", () => {
  const houses: TensorSpec[] = [
    { name: "values", datatype: "FP32", shape: [-1, 3] },
    { name: "kind", datatype: "INT32", shape: [-1] },
    { name: "note", datatype: "BYTES", shape: [-1] },
  ];
  const writer = writerFor(
    {
      kind: "fields",
      fields: [
        { name: "price", kind: "number", unit: "EUR" },
        { name: "share", kind: "number", index: 1, min: 0, max: 1 },
        { name: "is_sold", kind: "boolean", index: 2 },
        { name: "type", kind: "category", categories: ["flat", "house"], from: "kind" },
        { name: "note", kind: "text", from: "note" },
      ],
    },
    houses,
  );
  const answer = (values: number[], kind = 1) => [
    floats("values", [1, 3], ...values),
    { name: "kind", datatype: "INT32", shape: [1], data: Int32Array.of(kind) } as Tensor,
    texts("note", "quiet"),
  ];

  test("each from its place", () => {
    expect(writer.fromTensors(answer([231000.5, 0.1, 1]), 1)).toEqual([
      { price: 231000.5, share: 0.1, is_sold: true, type: "house", note: "quiet" },
    ]);
  });

  test.each<[string, number[], number, string]>([
    ["NaN", [Number.NaN, 0, 0], 0, "price is not a finite number."],
    ["beyond its range", [1, 1.5, 0], 0, "share is above 1."],
    ["no category", [1, 0, 0], 2, "type is none of its categories."],
  ])("%s is refused", (_, values, kind, reason) => {
    expect(refusalOf(() => writer.fromTensors(answer(values, kind), 1))).toEqual(["model.failed", reason]);
  });

  test("what rounding to 32 bits adds at the very bound is forgiven", () => {
    expect(writer.fromTensors(answer([1, 1.0000001, 0]), 1)).toMatchObject([{ share: 1.0000001 }]);
  });
});

describe("rows of an upstream", () => {
  const fields = writerFor(
    {
      kind: "fields",
      fields: [
        { name: "price", kind: "number", from: "predicted", min: 0 },
        { name: "type", kind: "category", categories: ["flat", "house"] },
      ],
    },
    [],
    "http",
  );

  test("declared members are checked, all others left out", () => {
    expect(fields.fromRows([{ predicted: [7], type: "flat", internal: "x" }])).toEqual([
      { price: 7, type: "flat" },
    ]);
  });

  test("a service with one thing to say may say just that", () => {
    const writer = writerFor({ kind: "fields", fields: [{ name: "price", kind: "number" }] }, [], "http");
    expect(writer.fromRows([7, [8], { price: 9 }])).toEqual([{ price: 7 }, { price: 8 }, { price: 9 }]);
  });

  test.each<[string, unknown]>([
    ["a missing member", { type: "flat" }],
    ["another type", { predicted: "7", type: "flat" }],
    ["beyond the range", { predicted: -1, type: "flat" }],
    ["infinity", { predicted: Number.POSITIVE_INFINITY, type: "flat" }],
    ["no category", { predicted: 1, type: "tent" }],
    ["a page of HTML", "<html>"],
    ["null", null],
  ])("%s is refused", (_, row) => {
    expect(refusalOf(() => fields.fromRows([row]))[0]).toBe("upstream.invalid_answer");
  });
});
