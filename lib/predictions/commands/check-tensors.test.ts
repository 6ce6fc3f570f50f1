import { describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import type { Tensor } from "../../runners/domain";
import { type AskedTensors, checkTensors } from "./check-tensors";

const specs = {
  inputs: [
    { name: "a", datatype: "FP32" as const, shape: [-1, 2] },
    { name: "b", datatype: "INT64" as const, shape: [3] },
  ],
  outputs: [{ name: "sum", datatype: "FP32" as const, shape: [-1] }],
};
const a = (given: Partial<Tensor> = {}): Tensor => ({
  name: "a",
  datatype: "FP32",
  shape: [2, 2],
  data: new Float32Array(4),
  ...given,
});
const b: Tensor = { name: "b", datatype: "INT64", shape: [3], data: new BigInt64Array(3) };

function pointers(asked: AskedTensors): string[] {
  try {
    checkTensors(asked, specs, 10);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { code, faults = [] } = error as AppError;
    expect(code).toBe("request.invalid");
    for (const { message, fix } of faults) expect([message, fix]).not.toContain("");
    return faults.map(({ pointer }) => pointer);
  }
}

test("rows are counted where the first dimension is free", () => {
  expect(checkTensors({ inputs: [a(), b] }, specs, 10)).toBe(2);
  expect(checkTensors({ inputs: [b, a()], outputs: ["sum"] }, specs, 10)).toBe(2);
});

describe("a fault has a pointer", () => {
  test.each<[string, AskedTensors, string[]]>([
    ["a missing input", { inputs: [a()] }, ["/inputs"]],
    ["an unknown one", { inputs: [a(), b, { ...b, name: "c" }] }, ["/inputs/2/name"]],
    ["one sent twice", { inputs: [a(), b, a()] }, ["/inputs/2/name"]],
    [
      "another type",
      { inputs: [a({ datatype: "FP64", data: new Float64Array(4) }), b] },
      ["/inputs/0/datatype"],
    ],
    ["another rank", { inputs: [a({ shape: [4] }), b] }, ["/inputs/0/shape"]],
    ["another fixed size", { inputs: [a({ shape: [1, 4] }), b] }, ["/inputs/0/shape"]],
    ["fewer values than the shape says", { inputs: [a({ shape: [3, 2] }), b] }, ["/inputs/0/data"]],
    ["no rows", { inputs: [a({ shape: [0, 2], data: new Float32Array(0) }), b] }, ["/inputs/0/shape"]],
    [
      "too many rows",
      { inputs: [a({ shape: [11, 2], data: new Float32Array(22) }), b] },
      ["/inputs/0/shape"],
    ],
    ["an unknown output", { inputs: [a(), b], outputs: ["sum", "mean"] }, ["/outputs/1/name"]],
    [
      "several at once",
      { inputs: [a({ shape: [4] })], outputs: ["x"] },
      ["/inputs", "/inputs/0/shape", "/outputs/0/name"],
    ],
  ])("%s", (_what, asked, expected) => expect(pointers(asked)).toEqual(expected));
});
