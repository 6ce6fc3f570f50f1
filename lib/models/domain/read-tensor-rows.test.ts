import { describe, expect, test } from "vitest";
import type { TensorSpec } from "../../runners/domain";
import { faultsOf, iris, people, readerFor, readOne, tensorsOf } from "../../testing/row-readers";

describe("rows given as tensors", () => {
  const values = [5.5, 3.5, 1.5, 0.25];
  test.each<[string, unknown]>([
    ["as the tensor is", [values]],
    ["without the list of rows", values],
  ])("%s", (_, measurements) => {
    expect(tensorsOf(readOne(iris, { measurements })).measurements).toEqual({ shape: [1, 4], data: values });
  });

  test("several rows are several inputs", () => {
    const rows = [{ measurements: [values] }, { measurements: values }];
    expect(tensorsOf(iris.read(rows, true, 2)).measurements).toEqual({
      shape: [2, 4],
      data: [...values, ...values],
    });
  });

  test("of a model with columns too, also where a column is called like its tensor", () => {
    const row = { numbers: [[1, 2, 3, 4, 5]], city: ["Oslo"], big: [1] };
    expect(tensorsOf(readOne(people, row)).city).toEqual({ shape: [1, 1], data: ["Oslo"] });
    const single = readerFor(
      [{ name: "age", datatype: "FP32", shape: [-1, 1] }],
      [{ name: "age", kind: "number", tensor: "age" }],
    );
    expect(tensorsOf(readOne(single, { age: [[41]] }))).toEqual(tensorsOf(readOne(single, { age: 41 })));
  });

  test.each<[string, TensorSpec["shape"], unknown, number[]]>([
    [
      "a picture",
      [-1, 2, 2, 1],
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [1, 2, 2, 1],
    ],
    ["a picture, flat", [-1, 2, 2, 1], [1, 2, 3, 4], [1, 2, 2, 1]],
    ["a text of any length", [-1, -1], [1, 2, 3, 4], [1, 4]],
    ["one value", [-1], 1, [1]],
    ["one value in a list", [-1, 1], [1], [1, 1]],
    ["no dimension", [], 1, []],
  ])("%s", (_, shape, value, expected) => {
    const reader = readerFor([{ name: "t", datatype: "INT32", shape }], null);
    const { t } = tensorsOf(readOne(reader, { t: value }));
    expect(t?.shape).toEqual(expected);
    expect(t?.data).toEqual([1, 2, 3, 4].slice(0, t?.data.length));
  });

  test("true and false are values of BOOL, and so are 1 and 0", () => {
    const reader = readerFor([{ name: "t", datatype: "BOOL", shape: [-1, 4] }], null);
    expect(tensorsOf(readOne(reader, { t: [true, false, 1, 0] })).t?.data).toEqual([1, 0, 1, 0]);
  });

  test.each<[string, unknown, string, string]>([
    [
      "too short",
      [[1, 2, 3]],
      "/input/measurements",
      "measurements has the shape [1, 3], and one row has the shape [1, 4].",
    ],
    ["too deep", [[[[1]]]], "/input/measurements", "measurements is nested deeper than its shape [n, 4]."],
    ["empty", [], "/input/measurements", "measurements holds no value."],
    ["two rows", [values, values], "/input/measurements", "measurements holds 2 rows in one."],
    ["no list", 5, "/input/measurements", "measurements has the shape [], and one row has the shape [1, 4]."],
    ["a word", [[1, 2, "x", 4]], "/input/measurements/0/2", "measurements is text, but has to be a number."],
    [
      "a list inside",
      [[1, [2], 3, 4]],
      "/input/measurements/0/1",
      "measurements is a list, but has to be a number.",
    ],
    [
      "beyond the type",
      [[1, 2, 3, 1e39]],
      "/input/measurements/0/3",
      "measurements is above 3.4028234663852886e+38, the most it may be.",
    ],
  ])("%s is refused where it is", (_, measurements, pointer, message) => {
    const [fault] = faultsOf(() => readOne(iris, { measurements }));
    expect(fault).toMatchObject({ pointer, message });
  });

  test("ragged lists cost what they hold, not what they promise", () => {
    const reader = readerFor([{ name: "t", datatype: "FP64", shape: [-1, -1, -1] }], null);
    const wide = Array(30_000).fill(0);
    const tall = [wide, ...Array(30_000).fill([])];
    expect(faultsOf(() => readOne(reader, { t: [tall] }))[0]?.message).toBe(
      "Here is a list of 0, where the list beside it has 30000.",
    );
  });

  test("names that the model does not have", () => {
    expect(faultsOf(() => readOne(iris, { measurement: [values] }))).toEqual([
      {
        pointer: "/input/measurements",
        message: "measurements is missing.",
        fix: "Send its values as nested lists of the shape [n, 4].",
      },
      {
        pointer: "/input/measurement",
        message: 'The model has no input "measurement".',
        fix: 'Did you mean "measurements"?',
      },
    ]);
  });

  test("rows of different shapes cannot share a tensor", () => {
    const reader = readerFor([{ name: "t", datatype: "FP32", shape: [-1, -1] }], null);
    expect(faultsOf(() => reader.read([{ t: [1, 2] }, { t: [1] }], true, 2))[0]?.pointer).toBe("/inputs/1/t");
  });
});
