import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../runners/domain";
import { type InferAnswer, inferAnswer } from "./oip-answer";

const answer = (given: Partial<InferAnswer> = {}): string =>
  inferAnswer({ model: "iris", version: 3, id: undefined, predictionId: "prd_1", outputs: [], ...given });
const tensor = (given: Pick<Tensor, "datatype" | "data">): Tensor => ({
  name: "y",
  shape: [given.data.length],
  ...given,
});
/** The text between the brackets of `data`. */
const dataOf = (given: Pick<Tensor, "datatype" | "data">): string =>
  /"data":\[(.*)\]\}\]\}$/s.exec(answer({ outputs: [tensor(given)] }))?.[1] ?? "none";

test("the answer has the members of the standard, and the id only when one was given", () => {
  const outputs: Tensor[] = [{ name: 'a "b"', shape: [1, 2], datatype: "INT32", data: Int32Array.of(1, -2) }];
  expect(JSON.parse(answer({ id: "42", outputs }))).toEqual({
    model_name: "iris",
    model_version: "3",
    id: "42",
    parameters: { prediction_id: "prd_1" },
    outputs: [{ name: 'a "b"', shape: [1, 2], datatype: "INT32", data: [1, -2] }],
  });
  expect(JSON.parse(answer())).not.toHaveProperty("id");
  expect(JSON.parse(answer({ id: "" }))).toMatchObject({ id: "" });
});

test("an id comes back to the letter", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => JSON.parse(answer({ id })).id === id));
  expect(JSON.parse(answer({ id: "\ud800" })).id).toBe("\ud800");
});

describe("the values of", () => {
  test("64-bit numbers are exact to the last digit", () => {
    const max = 2n ** 63n - 1n;
    expect(dataOf({ datatype: "INT64", data: BigInt64Array.of(max, -max - 1n) })).toBe(
      "9223372036854775807,-9223372036854775808",
    );
    expect(dataOf({ datatype: "UINT64", data: BigUint64Array.of(2n ** 64n - 1n) })).toBe(
      "18446744073709551615",
    );
  });

  test("BOOL are true and false, and of BYTES text", () => {
    expect(dataOf({ datatype: "BOOL", data: Uint8Array.of(1, 0) })).toBe("true,false");
    expect(dataOf({ datatype: "BYTES", data: ["a", 'b"\n'] })).toBe('"a","b\\"\\n"');
  });

  test("floats that are no numbers are null, and zero keeps its sign", () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0];
    for (const datatype of ["FP16", "FP32"] as const)
      expect(dataOf({ datatype, data: Float32Array.from(odd) })).toBe("null,null,null,-0.0,0");
    expect(dataOf({ datatype: "FP64", data: Float64Array.from(odd) })).toBe("null,null,null,-0.0,0");
  });

  test("FP64 come back as the very same numbers", () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const read = JSON.parse(`[${dataOf({ datatype: "FP64", data: Float64Array.from(values) })}]`);
        expect(read.every((value: number, at: number) => Object.is(value, values[at]))).toBe(true);
      }),
    );
  });

  test("FP32 come back as the very same numbers, and without digits that nobody sent", () => {
    expect(dataOf({ datatype: "FP32", data: Float32Array.of(0.1, 1.1, -0.25, 5) })).toBe("0.1,1.1,-0.25,5");
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const read = JSON.parse(`[${dataOf({ datatype: "FP32", data: Float32Array.from(values) })}]`);
        expect(read.every((value: number, at: number) => Object.is(Math.fround(value), values[at]))).toBe(
          true,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
