import { describe, expect, test } from "vitest";
import type { Tensor } from "../../runners/domain";
import { floats, refusalOf, species, texts, writerFor } from "../../testing/result-writers";

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
      "A probability is not between 0 and 1. If these are scores, describe them as fields.",
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
});
