import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { floats, refusalOf, species, writerFor } from "../../testing/result-writers";
import { iris, readerFor, readOne } from "../../testing/row-readers";

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

test("what goes in as tensors comes out the same, to the last digit that somebody wrote", () => {
  const echo = writerFor({ kind: "raw" }, [{ name: "measurements", datatype: "FP32", shape: [-1, 4] }]);
  const written = fc
    .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(9))
    .map(([digits, places]) => Number(`${digits}e-${places}`));
  fc.assert(
    fc.property(fc.array(written, { minLength: 4, maxLength: 4 }), (measurements) => {
      const read = readOne(iris, { measurements });
      if (read.kind !== "tensors") throw new Error("these are rows");
      expect(echo.fromTensors(read.tensors, 1)).toEqual([{ measurements }]);
    }),
  );
});

test("whole numbers of 64 bits come out as they went in", () => {
  const big = { name: "big", datatype: "INT64", shape: [-1, 2] } as const;
  const echo = writerFor({ kind: "raw" }, [{ ...big, shape: [...big.shape] }]);
  fc.assert(
    fc.property(fc.tuple(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.maxSafeInteger()), ([wide, safe]) => {
      const read = readOne(readerFor([{ ...big, shape: [...big.shape] }], null), {
        big: [String(wide), safe],
      });
      if (read.kind !== "tensors") throw new Error("these are rows");
      const [out] = echo.fromTensors(read.tensors, 1) as [{ big: (string | number)[] }];
      expect(out.big.map(BigInt)).toEqual([wide, BigInt(safe)]);
    }),
  );
});
