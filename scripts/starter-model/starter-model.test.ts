import { readFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import { measurements, species } from "./iris";
import { accuracy, crossValidated, probabilities, train } from "./train";
import { readFlowers, starterFile, starterModel } from "./write";

const flowers = readFlowers();
const model = train(flowers);

test("the flowers are Fisher's: 50 of each species, with his means", () => {
  expect(species.map((_, label) => flowers.filter((flower) => flower.label === label).length)).toEqual([
    50, 50, 50,
  ]);
  const means = measurements.map(
    (_, column) => flowers.reduce((sum, { values }) => sum + (values[column] ?? 0), 0) / flowers.length,
  );
  expect(means.map((value) => value.toFixed(4))).toEqual(["5.8433", "3.0573", "3.7580", "1.1993"]);
});

test("training again writes the very file that is in the repository", () => {
  expect(Buffer.from(starterModel(model)).equals(readFileSync(starterFile))).toBe(true);
});

test("it names 97 of 100 flowers right, and 96 of 100 it has not seen", () => {
  expect(accuracy(model, flowers)).toBeGreaterThanOrEqual(0.97);
  expect(crossValidated(flowers)).toBeGreaterThanOrEqual(0.96);
});

test("the file computes what was trained", async () => {
  const session = await InferenceSession.create(readFileSync(starterFile));
  const input = Float32Array.from(flowers.flatMap(({ values }) => values));
  const answer = await session.run({ measurements: new Tensor("float32", input, [flowers.length, 4]) });
  const found = answer.probabilities?.data as Float32Array;
  const labels = Array.from(answer.species?.data as BigInt64Array, Number);
  flowers.forEach(({ values }, row) => {
    const expected = probabilities(model, values);
    expected.forEach((chance, label) => {
      expect(found[row * 3 + label]).toBeCloseTo(chance, 4);
    });
    expect(labels[row]).toBe(expected.indexOf(Math.max(...expected)));
  });
});
