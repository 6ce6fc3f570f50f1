import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBigJson } from "../../core/big-json";
import { type Datatype, emptyData, type Tensor } from "../domain";
import { readTensor, tensorJson } from "./tensor-json";

const spec = (datatype: Datatype, shape: number[]) => ({ name: "y", datatype, shape });
const give = (datatype: string, shape: unknown, data: unknown) => ({ name: "y", datatype, shape, data });

function values(datatype: Datatype): fc.Arbitrary<number | bigint | string> {
  const bits = Number(/\d+$/.exec(datatype)?.[0]);
  if (datatype === "BYTES") return fc.string();
  if (datatype === "BOOL") return fc.constantFrom(0, 1);
  if (datatype === "FP64") return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (datatype.startsWith("FP")) return fc.float({ noNaN: true, noDefaultInfinity: true });
  const isSigned = datatype.startsWith("INT");
  const min = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  const max = 2n ** BigInt(isSigned ? bits - 1 : bits) - 1n;
  return fc.bigInt({ min, max }).map((value) => (bits === 64 ? value : Number(value)));
}

describe("what is written is read again, in every type", () => {
  const types = ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64"] as const;
  test.each([...types, "FP16", "FP32", "FP64", "BYTES"] as const)("%s", (datatype) => {
    fc.assert(
      fc.property(fc.array(values(datatype), { maxLength: 20 }), (given) => {
        const data = emptyData(datatype, given.length);
        given.forEach((value, index) => {
          // JSON has no negative zero.
          data[index] = value === 0 ? 0 : value;
        });
        const tensor: Tensor = { name: "y", datatype, shape: [given.length], data };
        const json = parseBigJson(tensorJson(tensor)) as Record<string, unknown>;
        expect(readTensor(json, spec(datatype, [-1]))).toEqual(tensor);
      }),
    );
  });
});

test("lists in lists and one list of everything are the same tensor", () => {
  const nested = give("FP32", [2, 1, 2], [[[1, 2]], [[3, 4]]]);
  const flat = give("FP32", [2, 1, 2], [1, 2, 3, 4]);
  expect(readTensor(nested, spec("FP32", [-1, 1, 2]))).toEqual(readTensor(flat, spec("FP32", [2, -1, 2])));
});

test.each([
  ["another type", spec("FP32", [-1]), give("FP64", [1], [1])],
  ["another shape", spec("FP32", [-1, 3]), give("FP32", [1, 2], [1, 2])],
  ["another number of dimensions", spec("FP32", [-1]), give("FP32", [1, 1], [1])],
  ["no shape", spec("FP32", [-1]), give("FP32", undefined, [1])],
  ["a negative size", spec("FP32", [-1]), give("FP32", [-1], [1])],
  ["a size that is no number", spec("FP32", [-1]), give("FP32", ["1"], [1])],
  ["an enormous shape", spec("FP32", [-1]), give("FP32", [2 ** 52], [1])],
  ["too few values", spec("FP32", [-1]), give("FP32", [2], [1])],
  ["too many values", spec("FP32", [-1]), give("FP32", [1], [1, 2])],
  ["no data", spec("FP32", [-1]), give("FP32", [1], undefined)],
  [
    "binary data",
    spec("FP32", [-1]),
    { name: "y", datatype: "FP32", shape: [1], parameters: { binary_data_size: 4 } },
  ],
  ["null", spec("FP32", [-1]), give("FP32", [1], [null])],
  ["a word", spec("FP32", [-1]), give("FP32", [1], ["NaN"])],
  ["infinity", spec("FP64", [-1]), give("FP64", [1], [Number.POSITIVE_INFINITY])],
  ["beyond what FP32 holds", spec("FP32", [-1]), give("FP32", [1], [1e300])],
  ["a fraction", spec("INT32", [-1]), give("INT32", [1], [1.5])],
  ["beyond INT8", spec("INT8", [-1]), give("INT8", [1], [128])],
  ["negative UINT64", spec("UINT64", [-1]), give("UINT64", [1], [-1])],
  ["beyond INT64", spec("INT64", [-1]), give("INT64", [1], [2n ** 63n])],
  ["rounded INT64", spec("INT64", [-1]), give("INT64", [1], [2 ** 60])],
  ["2 as BOOL", spec("BOOL", [-1]), give("BOOL", [1], [2])],
  ["a number as BYTES", spec("BYTES", [-1]), give("BYTES", [1], [1])],
  ["lists deeper than the shape", spec("FP32", [-1]), give("FP32", [1], [[[1]]])],
])("%s is an invalid answer", (_what, promised, given) => {
  let error: unknown;
  try {
    readTensor(given, promised);
  } catch (cause) {
    error = cause;
  }
  expect(error).toMatchObject({ code: "upstream.invalid_answer" });
});
