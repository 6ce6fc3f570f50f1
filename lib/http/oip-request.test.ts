import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AppError } from "../core/errors";
import { type Datatype, datatypes, emptyData } from "../runners/domain";
import { readInferRequest } from "./oip-request";

const input = (given: object = {}) => ({ name: "x", shape: [2], datatype: "FP32", data: [1, 2], ...given });
const body = (given: object = {}) => ({ inputs: [input()], ...given });
const readOne = (given: object) => readInferRequest({ inputs: [input(given)] }).inputs[0];
const valuesOf = (given: object) => [...(readOne(given)?.data ?? [])];

function refusalOf(value: unknown): AppError {
  try {
    readInferRequest(value);
  } catch (error) {
    return error as AppError;
  }
  throw new Error(`taken: ${String(value)}`);
}
const pointersOf = (value: unknown) => refusalOf(value).faults?.map(({ pointer }) => pointer);

describe("a request", () => {
  test("needs nothing but inputs", () => {
    expect(readInferRequest(body())).toEqual({
      id: undefined,
      inputs: [{ name: "x", datatype: "FP32", shape: [2], data: Float32Array.of(1, 2) }],
      outputs: undefined,
      timeoutMs: undefined,
    });
  });

  test("may leave out by null what it may leave out", () => {
    const absent = { id: null, parameters: null, outputs: null };
    expect(readInferRequest({ ...absent, inputs: [input({ parameters: null })] })).toEqual(
      readInferRequest(body()),
    );
  });

  test("keeps its id to the letter", () => {
    for (const id of ["42", "", "\u0000", "\ud800", "a".repeat(10_000)])
      expect(readInferRequest(body({ id })).id).toBe(id);
  });

  test("names the outputs it wants; none stands for all", () => {
    const outputs = [{ name: "a" }, { name: "b", parameters: { binary_data: true } }];
    expect(readInferRequest(body({ outputs })).outputs).toEqual(["a", "b"]);
    expect(readInferRequest(body({ outputs: [] })).outputs).toBeUndefined();
    expect(readInferRequest(body({ outputs: [{ name: "a" }, { name: "a" }] })).outputs).toEqual(["a"]);
  });

  test("may have parameters that nobody here knows, of the kinds that the standard names", () => {
    const parameters = {
      text: "a",
      number: 1.5,
      wide: 2n ** 60n,
      yes: true,
      priority: 1,
      binary_data_output: true,
    };
    const inputs = [input({ parameters: { content_type: "np" } })];
    expect(readInferRequest({ inputs, parameters }).inputs).toHaveLength(1);
  });

  test("of KServe's client also names the model in its body", () => {
    expect(readInferRequest(body({ model_name: "iris", model_version: null })).inputs).toHaveLength(1);
  });

  test.each([
    [0, undefined],
    [1, 1],
    [999, 1],
    [1_000, 1],
    [1_001, 2],
    [2_500_000, 2_500],
    [2n ** 60n, undefined],
  ])("bounds its time in microseconds: %s are %s ms", (timeout, ms) => {
    expect(readInferRequest(body({ parameters: { timeout } })).timeoutMs).toBe(ms);
  });

  test.each<[unknown, string[]]>([
    [null, [""]],
    [[], [""]],
    ["text", [""]],
    [{}, ["/inputs"]],
    [{ inputs: {} }, ["/inputs"]],
    [{ inputs: [null] }, ["/inputs/0"]],
    [body({ output: [] }), ["/output"]],
    [body({ id: 42 }), ["/id"]],
    [body({ outputs: {} }), ["/outputs"]],
    [body({ outputs: ["y"] }), ["/outputs/0"]],
    [body({ outputs: [{ name: 1 }] }), ["/outputs/0/name"]],
    [body({ outputs: [{ name: "y", index: 1 }] }), ["/outputs/0/index"]],
    [body({ parameters: [] }), ["/parameters"]],
    [body({ parameters: "a" }), ["/parameters"]],
    [body({ parameters: { a: null } }), ["/parameters/a"]],
    [body({ parameters: { a: {} } }), ["/parameters/a"]],
    [body({ parameters: { "a/b": [] } }), ["/parameters/a~1b"]],
    [body({ parameters: { timeout: -1 } }), ["/parameters/timeout"]],
    [body({ parameters: { timeout: "1" } }), ["/parameters/timeout"]],
    [body({ parameters: { timeout: 1.5 } }), ["/parameters/timeout"]],
    [body({ outputs: [{ name: "y", parameters: { a: [] } }] }), ["/outputs/0/parameters/a"]],
    [{ inputs: [input({ parameters: { a: [] } })] }, ["/inputs/0/parameters/a"]],
    [{ inputs: [input({ name: undefined })] }, ["/inputs/0/name"]],
    [{ inputs: [input({ shape: undefined })] }, ["/inputs/0/shape"]],
    [{ inputs: [input({ datatype: undefined })] }, ["/inputs/0/datatype"]],
    [{ inputs: [input({ data: undefined })] }, ["/inputs/0/data"]],
    [{ inputs: [input({ dtype: "FP32" })] }, ["/inputs/0/dtype"]],
    [{ inputs: [input({ datatype: "fp32" })] }, ["/inputs/0/datatype"]],
    [{ inputs: [input({ datatype: "BF16" })] }, ["/inputs/0/datatype"]],
    [{ inputs: [input({ datatype: "constructor" })] }, ["/inputs/0/datatype"]],
    [{ inputs: [input({ parameters: { binary_data_size: 8 } })] }, ["/inputs/0/parameters/binary_data_size"]],
    [
      { inputs: [input({ name: 1 }), input({ shape: 2 })], id: 1 },
      ["/id", "/inputs/0/name", "/inputs/1/shape"],
    ],
  ])("that is %j is refused at %j", (value, pointers) => {
    expect(pointersOf(value)).toEqual(pointers);
    expect(refusalOf(value).code).toBe("request.invalid");
  });

  test("full of faults is told a bounded number of them", () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`a${index}`, 1]));
    expect(pointersOf({ ...unknown, inputs: Array(900).fill({}) })).toHaveLength(100);
    expect(pointersOf({ inputs: Array(1_001).fill(input()) })).toEqual(["/inputs"]);
  });
});

describe("a shape", () => {
  test.each([["text"], [[-1]], [[1.5]], [["2"]], [[null]], [[2 ** 31]], [[2n ** 64n]], [Array(33).fill(1)]])(
    "that is %s is refused",
    (shape) => {
      expect(pointersOf({ inputs: [input({ shape })] })?.[0]).toMatch(/^\/inputs\/0\/shape/);
    },
  );

  test.each([
    [[3], [1, 2], "3 values, but data has 2"],
    [[2, 2], [1, 2, 3], "4 values, but data has 3"],
    [[], [], "1 values, but data has 0"],
    [[0], [1], "0 values, but data has 1"],
    [[2147483647, 2147483647, 2147483647], [1], "but data has 1"],
  ])("%j has to hold as many values as %j", (shape, data, words) => {
    const { message, faults } = refusalOf({ inputs: [input({ shape, data })] });
    expect(faults?.[0]?.pointer).toBe("/inputs/0/data");
    expect(message).toContain(words);
  });

  test("without dimensions holds one value, and one with an empty dimension none", () => {
    expect(valuesOf({ shape: [], data: [7] })).toEqual([7]);
    expect(valuesOf({ shape: [0, 3], data: [] })).toEqual([]);
    expect(valuesOf({ shape: [2, 0], data: [[], []] })).toEqual([]);
  });
});

describe("nested data", () => {
  const dimensions = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  const nest = (flat: number[], [size = 1, ...rest]: number[]): unknown[] => {
    if (rest.length === 0) return flat;
    const width = flat.length / size;
    return Array.from({ length: size }, (_, index) =>
      nest(flat.slice(index * width, (index + 1) * width), rest),
    );
  };
  const counted = (shape: number[]) =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index);

  test("is the same tensor as flat data, in row-major order", () => {
    fc.assert(
      fc.property(dimensions, (shape) => {
        const flat = counted(shape);
        expect(valuesOf({ shape, data: nest(flat, shape) })).toEqual(flat);
        expect(valuesOf({ shape, data: flat })).toEqual(flat);
      }),
    );
  });

  test.each([
    [
      [2, 2],
      [[1], [2, 3, 4]],
    ],
    [
      [2, 2],
      [[1, 2], 3, 4],
    ],
    [[2, 2], [[1, 2, 3, 4]]],
    [
      [2, 2, 1],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [[4], [[1, 2, 3, 4]]],
    [[1, 4], [[[1, 2, 3, 4]]]],
    [
      [2, 2],
      [1, [2], 3, 4],
    ],
  ])("of the shape %j that is %j is refused", (shape, data) => {
    expect(refusalOf({ inputs: [input({ shape, data })] }).faults).toHaveLength(1);
  });

  test("points at the value that is wrong", () => {
    fc.assert(
      fc.property(dimensions, fc.nat(), (shape, seed) => {
        const flat: unknown[] = counted(shape);
        const at = seed % flat.length;
        flat[at] = "wrong";
        const data = nest(flat as number[], shape);
        const [pointer = ""] = pointersOf({ inputs: [input({ shape, data })] }) ?? [];
        const path = pointer.replace("/inputs/0/data/", "").split("/").map(Number);
        const found = path.reduce<unknown>((value, index) => (value as unknown[])[index], data);
        expect(found).toBe("wrong");
      }),
    );
  });
});

describe("a value", () => {
  const one = (datatype: Datatype, value: unknown) => ({ datatype, shape: [1], data: [value] });

  test.each<[Datatype, unknown[], unknown[]]>([
    ["BOOL", [true, false], [1, 0]],
    ["UINT8", [0, 255, 1.0], [0, 255, 1]],
    ["INT8", [-128, 127], [-128, 127]],
    ["UINT16", [65_535], [65_535]],
    ["INT16", [-32_768], [-32_768]],
    ["UINT32", [4_294_967_295], [4_294_967_295]],
    ["INT32", [-2_147_483_648], [-2_147_483_648]],
    ["INT64", [-1, "-9223372036854775808", 2n ** 63n - 1n], [-1n, -(2n ** 63n), 2n ** 63n - 1n]],
    ["UINT64", [0, "18446744073709551615", 2n ** 64n - 1n], [0n, 2n ** 64n - 1n, 2n ** 64n - 1n]],
    ["FP16", [65_504, -0.5], [65_504, -0.5]],
    ["FP32", [0.5, 2n ** 60n], [0.5, 2 ** 60]],
    ["FP64", [1e308, 5e-324, 2n ** 64n], [1e308, 5e-324, 2 ** 64]],
    ["BYTES", ["", "é", "\u0000"], ["", "é", "\u0000"]],
  ])("of the type %s may be %s", (datatype, data, read) => {
    expect(valuesOf({ datatype, shape: [data.length], data })).toEqual(read);
  });

  test.each<[Datatype, unknown[]]>([
    ["BOOL", [0, 1, "true", null]],
    ["UINT8", [-1, 256, 0.5, "1", true, null, 2n ** 60n]],
    ["INT8", [128, -129]],
    ["UINT16", [65_536]],
    ["INT16", [32_768]],
    ["UINT32", [4_294_967_296, -1]],
    ["INT32", [2_147_483_648]],
    ["INT64", [2 ** 53, 1.5, "1.5", "", " 1", "0x1", "9223372036854775808", 2n ** 63n, true, null]],
    ["UINT64", [-1, "-1", 2n ** 64n]],
    ["FP16", [65_536, "1", Number.POSITIVE_INFINITY]],
    ["FP32", [3.5e38, "1", Number.NaN, null, true, []]],
    ["FP64", [Number.POSITIVE_INFINITY, "NaN", "Infinity", {}]],
    ["BYTES", [1, true, null, "\ud800"]],
  ])("of the type %s may not be any of %s", (datatype, values) => {
    for (const value of values)
      expect(pointersOf({ inputs: [input(one(datatype, value))] })).toEqual(["/inputs/0/data/0"]);
  });

  test("has room in an array of its type", () => {
    for (const datatype of datatypes) {
      const value = datatype === "BYTES" ? "a" : datatype === "BOOL" ? true : 1;
      expect(readOne(one(datatype, value))?.data.constructor).toBe(emptyData(datatype, 1).constructor);
    }
  });
});

test("whatever is sent is either read or refused with a place and a cure", () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  const nearly = fc.record(
    {
      id: anything,
      parameters: anything,
      outputs: fc.oneof(anything, fc.array(fc.record({ name: anything, parameters: anything }))),
      inputs: fc.array(
        fc.record(
          {
            name: fc.oneof(fc.string(), anything),
            shape: fc.oneof(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }), anything),
            datatype: fc.oneof(fc.constantFrom(...datatypes), anything),
            parameters: anything,
            data: anything,
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, nearly), (value) => {
      try {
        readInferRequest(value);
      } catch (error) {
        const { code, faults = [] } = error as AppError;
        expect(code).toBe("request.invalid");
        expect(faults.every(({ message, fix }) => message !== "" && fix !== "")).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
