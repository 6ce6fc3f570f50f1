import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datatypes, type TensorSpec } from "../../runners/domain";
import { type Signature, signature as signatureShape } from "../schema";
import { signatureFaults } from "./check-signature";
import { defaultSignature } from "./default-signature";
import { outputSchema, rowSchema } from "./describe-rows";
import { compileRows } from "./encode-rows";
import { exampleRow } from "./example-row";

const spec = (name: string, datatype: TensorSpec["datatype"], ...shape: number[]): TensorSpec => ({
  name,
  datatype,
  shape,
});
const summary = ({ columns }: Signature) =>
  columns?.map(({ name, kind, tensor }) => [name, kind, tensor]) ?? null;
const inputsOnly = (...inputs: TensorSpec[]) =>
  summary(defaultSignature(inputs, [spec("y", "FP32", -1)], null));

describe("columns that nobody named", () => {
  test("of one tensor they are numbered", () => {
    expect(inputsOnly(spec("X", "FP32", -1, 3))).toEqual([
      ["x1", "number", null],
      ["x2", "number", null],
      ["x3", "number", null],
    ]);
  });

  test("of one tensor each they are called like it, in the words of a variable", () => {
    expect(
      inputsOnly(
        spec("age", "FP32", -1, 1),
        spec("home city", "BYTES", -1, 1),
        spec("home_city", "BYTES", -1),
        spec("2nd", "INT64", -1),
        spec("is_new", "BOOL", -1, 1),
      ),
    ).toEqual([
      ["age", "number", "age"],
      ["home_city", "text", "home city"],
      ["home_city_2", "text", "home_city"],
      ["x_2nd", "integer", "2nd"],
      ["is_new", "boolean", "is_new"],
    ]);
  });

  test.each<[string, TensorSpec[]]>([
    ["a picture", [spec("image", "FP32", -1, 3, 224, 224)]],
    ["a text of any length", [spec("tokens", "INT64", -1, -1)]],
    ["a tensor without rows", [spec("t", "FP32", 4)]],
    ["very many values", [spec("t", "FP32", -1, 5_000)]],
    ["tensors of different kinds", [spec("a", "FP32", -1, 1), spec("b", "FP32", -1, 8)]],
  ])("%s has none", (_, inputs) => expect(inputsOnly(...inputs)).toBeNull());

  test("a chat is asked with a prompt, an unknown service with anything", () => {
    expect(summary(defaultSignature([], [], "chat"))).toEqual([["prompt", "text", null]]);
    expect(defaultSignature([], [], "json")).toEqual({ columns: null, result: { kind: "raw" } });
  });
});

test.each<[string, TensorSpec[], unknown]>([
  [
    "a classifier of scikit-learn",
    [spec("label", "INT64", -1), spec("probabilities", "FP32", -1, 3)],
    {
      kind: "classes",
      labels: ["class 0", "class 1", "class 2"],
      probabilities: "probabilities",
      label: "label",
    },
  ],
  [
    "one with labels that are text",
    [spec("output_label", "BYTES", -1), spec("output_probability", "FP32", -1, 2)],
    { kind: "classes", labels: ["class 0", "class 1"], probabilities: "output_probability", label: null },
  ],
  ["one whose classes cannot be counted", [spec("probabilities", "FP32", -1, -1)], { kind: "raw" }],
  ["a regression", [spec("variable", "FP32", -1, 1)], { kind: "raw" }],
])("the result of %s", (_, outputs, expected) => {
  expect(defaultSignature([spec("X", "FP32", -1, 2)], outputs, null).result).toEqual(expected);
});

const anySpec = fc.record({
  name: fc.string({ minLength: 1, maxLength: 80 }),
  datatype: fc.constantFrom(...datatypes),
  shape: fc.array(fc.constantFrom(-1, 1, 2, 3, 7), { maxLength: 4 }),
});
const anySpecs = fc.uniqueArray(anySpec, { minLength: 1, maxLength: 4, selector: ({ name }) => name });

test("of any model the signature is allowed, fits, has an example that works, and can be described", () => {
  fc.assert(
    fc.property(anySpecs, anySpecs, (inputs, outputs) => {
      const signature = defaultSignature(inputs, outputs, null);
      const about = { inputs, outputs, signature, runner: "onnx", preset: null } as const;
      expect(signatureShape.parse(signature)).toEqual(signature);
      expect(signatureFaults(signature, inputs, outputs, "onnx")).toEqual([]);
      const example = exampleRow(about);
      // Pages of zeros are no example.
      if (Object.keys(example).length > 0)
        expect(compileRows(about).read([example], false, 1)).toMatchObject({ kind: "tensors", rows: 1 });
      expect(JSON.stringify([rowSchema(about), outputSchema(about)]).length).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
});
