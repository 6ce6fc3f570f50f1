import { describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import type { Tensor, TensorSpec } from "../../runners/domain";
import { type Result, result } from "../schema";
import { compileResults } from "./decode-results";

const specs: TensorSpec[] = [
  { name: "species", datatype: "INT64", shape: [-1] },
  { name: "probabilities", datatype: "FP32", shape: [-1, 3] },
];
type Given = Parameters<typeof result.parse>[0];
const writerFor = (given: Given, outputs: TensorSpec[] = specs, runner: "onnx" | "http" = "onnx") =>
  compileResults({
    inputs: [],
    outputs,
    signature: { columns: null, result: result.parse(given) as Result },
    runner,
    preset: runner === "onnx" ? null : "json",
  });

const species = (...values: bigint[]): Tensor => ({
  name: "species",
  datatype: "INT64",
  shape: [values.length],
  data: BigInt64Array.from(values),
});
const floats = (name: string, shape: number[], ...values: number[]): Tensor => ({
  name,
  datatype: "FP32",
  shape,
  data: Float32Array.from(values),
});
const texts = (name: string, ...values: string[]): Tensor => ({
  name,
  datatype: "BYTES",
  shape: [values.length],
  data: values,
});

/** The code that callers see, and the reason that only administrators see. */
function refusalOf(work: () => unknown): [string, string] {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.cause instanceof Error) return [error.code, error.cause.message];
    throw error;
  }
  throw new Error("it was taken");
}

const labels = ["setosa", "versicolor", "virginica"];
const iris = writerFor({ kind: "classes", labels, probabilities: "probabilities", label: "species" });

describe("classes from tensors", () => {
  test("the chosen one, its probability and all of them, in numbers as people write them", () => {
    const outputs = [species(1n, 0n), floats("probabilities", [2, 3], 0.1, 0.83, 0.07, 0.9, 0.1, 0)];
    expect(iris.fromTensors(outputs, 2)).toEqual([
      {
        label: "versicolor",
        probability: 0.83,
        probabilities: { setosa: 0.1, versicolor: 0.83, virginica: 0.07 },
      },
      { label: "setosa", probability: 0.9, probabilities: { setosa: 0.9, versicolor: 0.1, virginica: 0 } },
    ]);
  });

  test("the model's own choice stands, also where another class is likelier", () => {
    const outputs = [species(2n), floats("probabilities", [1, 3], 0.5, 0.25, 0.25)];
    expect(iris.fromTensors(outputs, 1)).toMatchObject([{ label: "virginica", probability: 0.25 }]);
  });

  const likeliest = writerFor({ kind: "classes", labels, probabilities: "probabilities" });
  const chosen = writerFor({ kind: "classes", labels, label: "species" });

  test("probabilities alone: the likeliest", () => {
    const outputs = [floats("probabilities", [1, 3], 0.25, 0.25, 0.5)];
    expect(likeliest.fromTensors(outputs, 1)).toMatchObject([{ label: "virginica", probability: 0.5 }]);
  });

  test.each<[string, Tensor]>([
    ["its position", species(1n)],
    ["its name", texts("species", "versicolor")],
    ["its position in a column", { ...species(1n), shape: [1, 1] }],
    ["its position as a decimal number", floats("species", [1], 1)],
  ])("the label alone, as %s", (_, tensor) => {
    expect(chosen.fromTensors([tensor], 1)).toEqual([{ label: "versicolor" }]);
  });

  test.each<[string, number[]]>([
    ["[n, 1]", [2, 1]],
    ["[n]", [2]],
  ])("one probability %s is that of the second of two classes", (_, shape) => {
    const writer = writerFor({ kind: "classes", labels: ["stays", "leaves"] }, [
      { name: "p", datatype: "FP32", shape: [-1] },
    ]);
    expect(writer.fromTensors([floats("p", shape, 0.83, 0.2)], 2)).toEqual([
      { label: "leaves", probability: 0.83, probabilities: { stays: 0.17, leaves: 0.83 } },
      { label: "stays", probability: 0.8, probabilities: { stays: 0.8, leaves: 0.2 } },
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "no such class",
      () => chosen.fromTensors([species(3n)], 1),
      "The answer names a class that the signature does not know.",
    ],
    [
      "no such name",
      () => chosen.fromTensors([texts("species", "tulip")], 1),
      "The answer names a class that the signature does not know.",
    ],
    [
      "NaN",
      () => likeliest.fromTensors([floats("probabilities", [1, 3], 0, Number.NaN, 1)], 1),
      "A probability is not a finite number.",
    ],
    [
      "too few values",
      () => likeliest.fromTensors([floats("probabilities", [1, 2], 0, 1)], 1),
      "The answer has 2 probabilities for 3 classes.",
    ],
    [
      "too few rows",
      () => likeliest.fromTensors([floats("probabilities", [1, 3], 0, 0, 1)], 2),
      "probabilities holds 3 values for 2 rows.",
    ],
    [
      "another name",
      () => likeliest.fromTensors([species(1n)], 1),
      "The answer has no output probabilities.",
    ],
  ])("%s: the model failed, and only administrators read why", (_, work, reason) => {
    expect(refusalOf(work)).toEqual(["model.failed", reason]);
  });
});

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

describe("raw tensors", () => {
  const raw = writerFor({ kind: "raw" });

  test("each output under its name, in the shape of one row", () => {
    const outputs = [species(1n, -7n), floats("probabilities", [2, 3], 0.1, 0.2, 0.7, 1, 0, 0)];
    expect(raw.fromTensors(outputs, 2)).toEqual([
      { species: 1, probabilities: [0.1, 0.2, 0.7] },
      { species: -7, probabilities: [1, 0, 0] },
    ]);
  });

  test("NaN and the infinities are null, whole numbers beyond 2^53 are text of digits", () => {
    const outputs = [
      species(2n ** 53n),
      floats("probabilities", [1, 3], Number.NaN, Number.POSITIVE_INFINITY, 1),
    ];
    expect(raw.fromTensors(outputs, 1)).toEqual([
      { species: "9007199254740992", probabilities: [null, null, 1] },
    ]);
  });

  test("deeper shapes stay nested, and an output without rows is whole", () => {
    const writer = writerFor({ kind: "raw" }, [
      { name: "map", datatype: "FP32", shape: [-1, 2, 2] },
      { name: "scale", datatype: "FP32", shape: [2] },
    ]);
    const outputs = [floats("map", [1, 2, 2], 1, 2, 3, 4), floats("scale", [2], 5, 6)];
    expect(writer.fromTensors(outputs, 1)).toEqual([
      {
        map: [
          [1, 2],
          [3, 4],
        ],
        scale: [5, 6],
      },
    ]);
  });

  test("an upstream's JSON passes as it is, unless it is there to exhaust", () => {
    const writer = writerFor({ kind: "raw" }, [], "http");
    expect(writer.fromRows([{ a: [1, null] }, "x"])).toEqual([{ a: [1, null] }, "x"]);
    const deep: unknown = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
    expect(refusalOf(() => writer.fromRows([deep]))[0]).toBe("upstream.invalid_answer");
  });
});

describe("rows of an upstream", () => {
  const classes = writerFor({ kind: "classes", labels: ["stays", "leaves"] }, [], "http");
  const full = { label: "leaves", probability: 0.83, probabilities: { stays: 0.17, leaves: 0.83 } };

  test.each<[string, unknown, unknown]>([
    ["a name", "leaves", { label: "leaves" }],
    ["a position", 1, { label: "leaves" }],
    ["a list of probabilities", [0.17, 0.83], full],
    ["an object of them", { probabilities: { stays: 0.17, leaves: 0.83 } }, full],
    ["the probability of the second", { probabilities: 0.83 }, full],
    [
      "label and probability",
      { label: "leaves", probability: 0.83, secret: 1 },
      { label: "leaves", probability: 0.83 },
    ],
  ])("a class as %s", (_, row, expected) => {
    expect(classes.fromRows([row])).toEqual([expected]);
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["nothing of use", {}],
    ["another class", { label: "flies" }],
    ["a word for a probability", { label: "leaves", probability: "high" }],
    ["words for probabilities", { probabilities: ["a", "b"] }],
    ["too many probabilities", [0.1, 0.2, 0.7]],
    ["an inherited member", { label: "constructor" }],
  ])("%s is refused", (_, row) => {
    expect(refusalOf(() => classes.fromRows([row]))[0]).toBe("upstream.invalid_answer");
  });

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
