import fc from "fast-check";
import { expect, test } from "vitest";
import { tensor } from "../../testing/onnx-target";
import { canShare, hasFreeRows, joinInputs, rowsOf, splitOutputs } from "./batch";

const callOf = (numbers: number[], words: string[]) => {
  const inputs = [
    tensor("numbers", "FP32", Float32Array.from(numbers)),
    tensor(
      "words",
      "BYTES",
      words.flatMap((word) => [word, word]),
      [words.length, 2],
    ),
  ];
  return { inputs, outputs: undefined, rows: rowsOf(inputs) };
};

const rows = fc.array(fc.tuple(fc.float({ noNaN: true }), fc.string()), { minLength: 1, maxLength: 5 });

test("what is joined comes apart again as it was", () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 10 }), (parts) => {
      const calls = parts.map((part) =>
        callOf(
          part.map(([number]) => number),
          part.map(([, word]) => word),
        ),
      );
      const joined = joinInputs(calls);
      expect(joined.map(({ shape }) => shape[0])).toEqual([parts.flat().length, parts.flat().length]);
      expect(splitOutputs(joined, calls)).toEqual(calls.map(({ inputs }) => inputs));
    }),
  );
});

test("an answer that has not a row for each row belongs to nobody", () => {
  const calls = [callOf([1], ["a"]), callOf([2], ["b"])];
  expect(splitOutputs([tensor("total", "FP32", Float32Array.of(3))], calls)).toBeNull();
  expect(splitOutputs([tensor("total", "FP32", Float32Array.of(3), [])], calls)).toBeNull();
});

test.each([
  ["the same tensors, another number of rows", callOf([1, 2], ["a", "b"]), true],
  ["other outputs", { ...callOf([1], ["a"]), outputs: ["sum"] }, false],
  ["no common number of rows", callOf([1, 2], ["a"]), false],
  ["no rows", callOf([], []), false],
  ["an input less", { ...callOf([1], ["a"]), inputs: callOf([1], ["a"]).inputs.slice(1) }, false],
  [
    "longer rows",
    { inputs: [tensor("numbers", "FP32", Float32Array.of(1, 2), [1, 2])], outputs: undefined, rows: 1 },
    false,
  ],
])("a call shares a run with one of %s: %#", (_, other, isShared) =>
  expect(canShare(callOf([1], ["a"]), other)).toBe(isShared),
);

test("only a model whose every input and output has rows is given rows of several calls", () => {
  const spec = (shape: number[]) => ({ name: "x", datatype: "FP32" as const, shape });
  expect(hasFreeRows([spec([-1, 4])], [spec([-1])])).toBe(true);
  expect(hasFreeRows([spec([-1, 4])], [spec([])])).toBe(false);
  expect(hasFreeRows([spec([-1, 4]), spec([2])], [spec([-1])])).toBe(false);
  expect(hasFreeRows([], [spec([-1])])).toBe(false);
});
