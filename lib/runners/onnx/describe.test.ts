import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { onnxModel } from "../../testing/onnx";
import {
  adderModel,
  classifierModel,
  echoModel,
  externalModel,
  sequenceModel,
  spinningModel,
} from "../../testing/onnx-models";
import { modelFile } from "../../testing/onnx-target";
import { describeOnnx } from "./describe";

const classifier = () =>
  classifierModel({
    weights: [
      [1, 2],
      [3, 4],
    ],
    bias: [0, 1],
  });
const refusal = async (content: Uint8Array): Promise<string> => {
  const error = await describeOnnx(modelFile(content)).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "model.file_unusable" });
  return (error as AppError).message;
};

test("names, types and shapes are read from the file, -1 where a size is free", async () => {
  expect(await describeOnnx(modelFile(classifier()))).toEqual({
    inputs: [{ name: "measurements", datatype: "FP32", shape: [-1, 2] }],
    outputs: [
      { name: "species", datatype: "INT64", shape: [-1] },
      { name: "probabilities", datatype: "FP32", shape: [-1, 2] },
    ],
  });
  const { inputs } = await describeOnnx(modelFile(echoModel()));
  expect(inputs.map(({ datatype }) => datatype)).toEqual([
    "BYTES",
    "INT64",
    "BOOL",
    "FP16",
    "FP64",
    "UINT64",
    "UINT8",
    "INT32",
  ]);
});

test.each([
  ["nothing", new Uint8Array(0), "The file is empty."],
  ["text", Buffer.from("<!doctype html><p>Not found"), "not a complete ONNX file"],
  ["zeros", new Uint8Array(4_096), "not a complete ONNX file"],
  ["half a model", classifier().subarray(0, 150), "not a complete ONNX file"],
  ["a model and one byte", Buffer.concat([classifier(), Uint8Array.of(8)]), "not a complete ONNX file"],
  ["a model without a graph", Uint8Array.of(8, 8), "not a complete ONNX file"],
  ["a sequence", sequenceModel(), `"list" is not a tensor`],
])("%s is refused with a sentence that says why", async (_, content, sentence) =>
  expect(await refusal(content)).toContain(sentence),
);

test("an operator that does not exist, or one that is too new, is named", async () => {
  const of = (op: string, opset: number) =>
    onnxModel({
      inputs: [{ name: "x", datatype: "FP32", shape: [-1] }],
      outputs: [{ name: "y", datatype: "FP32", shape: [-1] }],
      nodes: [{ op, inputs: ["x"], outputs: ["y"] }],
      opset,
    });
  expect(await refusal(of("Divine", 17))).toContain("the operator Divine");
  expect(await refusal(of("Abs", 99))).toMatch(/newer operators .* opset_version=\d+/);
});

// Seen failing: without the look through the file (`fileFault`), the runtime reads the neighbour as weights.
test("a file that wants its weights from another file is refused, wherever that is", async () => {
  const neighbour = path.basename(modelFile(classifier()));
  for (const file of [neighbour, "../secrets.json", "/etc/passwd", "*/_ORT_MEM_ADDR_/*"])
    expect(await refusal(externalModel(file))).toContain("Its weights are in other files");
});

// Seen failing: with the graphs in attributes left out of the walk.
test("weights in another file are found inside a loop too", async () => {
  const inner = spinningModel();
  expect(await describeOnnx(modelFile(inner))).toBeTruthy();
  const hidden = onnxModel({
    inputs: [{ name: "trips", datatype: "INT64", shape: [1] }],
    outputs: [{ name: "taken", datatype: "FP32", shape: [1] }],
    initializers: [
      { name: "yes", datatype: "BOOL", shape: [], values: [1] },
      { name: "start", datatype: "FP32", shape: [1], values: [0] },
    ],
    nodes: [
      {
        op: "Loop",
        inputs: ["trips", "yes", "start"],
        outputs: ["taken"],
        attributes: {
          body: {
            graph: {
              inputs: [
                { name: "turn", datatype: "INT64", shape: [] },
                { name: "go_on", datatype: "BOOL", shape: [] },
                { name: "before", datatype: "FP32", shape: [1] },
              ],
              outputs: [
                { name: "go_on", datatype: "BOOL", shape: [] },
                { name: "after", datatype: "FP32", shape: [1] },
              ],
              initializers: [{ name: "one", datatype: "FP32", shape: [1], values: [], file: "model-1.onnx" }],
              nodes: [{ op: "Add", inputs: ["before", "one"], outputs: ["after"] }],
            },
          },
        },
      },
    ],
  });
  expect(await refusal(hidden)).toContain("Its weights are in other files");
});

// Seen failing: without the look for control characters.
test("names that would disturb whoever reads them are refused", async () => {
  for (const name of ["a\u0007b", "a\u202eb", "x".repeat(201), "__proto__"]) {
    const value = { datatype: "FP32", shape: [-1] } as const;
    const model = onnxModel({
      inputs: [{ ...value, name }],
      outputs: [{ ...value, name: "y" }],
      nodes: [{ op: "Abs", inputs: [name], outputs: ["y"] }],
    });
    expect(await refusal(model)).toContain("The name of an input or output");
  }
});

const mutations = Number(process.env.ONNX_MUTATIONS ?? 30);
test(
  "whatever is changed in a file, it is described or refused with a sentence",
  async () => {
    let state = 1;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const originals = [adderModel(), classifier(), spinningModel(), echoModel()];
    const outcomes = { described: 0, refused: 0 };
    const file = modelFile(adderModel());
    for (let round = 0; round < mutations; round += 1) {
      const content = Buffer.from(originals[round % originals.length] as Uint8Array);
      for (let change = 0; change <= random(4); change += 1) content[random(content.length)] = random(256);
      writeFileSync(file, round % 7 === 0 ? content.subarray(0, random(content.length)) : content);
      try {
        await describeOnnx(file);
        outcomes.described += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({
          code: "model.file_unusable",
          message: expect.stringMatching(/^[A-Z"].{10,}/),
        });
        expect((error as AppError).message).not.toContain(path.dirname(file));
        outcomes.refused += 1;
      }
    }
    expect(outcomes.described + outcomes.refused).toBe(mutations);
  },
  mutations * 2_000,
);
