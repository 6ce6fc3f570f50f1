import { afterAll, expect, test } from "vitest";
import { adderModel, classifierModel, echoModel } from "../../testing/onnx-models";
import { onnxTarget, tensor } from "../../testing/onnx-target";
import type { OnnxTarget } from "../domain";
import { closeOnnx, onnxReport, runOnnx, warmOnnx } from "./pool";

afterAll(closeOnnx);

const timeoutMs = 30_000;
const add = (target: OnnxTarget, one: number[], other: number[]) =>
  runOnnx(
    target,
    [tensor("a", "FP32", Float32Array.from(one)), tensor("b", "FP32", Float32Array.from(other))],
    { timeoutMs },
  );

test("a call is answered with what the model computes", async () => {
  const adder = await onnxTarget(adderModel());
  expect(onnxReport(adder.id).state).toBe("idle");
  const { outputs, queueMs, predictMs } = await add(adder, [1, 2, 3], [10, 20, 30]);
  expect(outputs).toEqual([tensor("sum", "FP32", Float32Array.of(11, 22, 33))]);
  expect(predictMs).toBeGreaterThan(0);
  expect(queueMs).toBeGreaterThanOrEqual(0);
  expect(onnxReport(adder.id)).toMatchObject({
    state: "ready",
    runners: 1,
    queued: 0,
    running: 0,
    reason: null,
  });
  expect(onnxReport(adder.id).memoryBytes).toBeGreaterThan(10_000_000);
});

test("of several outputs only those asked for are answered, of a classifier the right ones", async () => {
  const classifier = await onnxTarget(
    classifierModel({
      weights: [
        [1, 0],
        [0, 1],
      ],
      bias: [0, 0],
    }),
  );
  await warmOnnx(classifier);
  const measurements = tensor("measurements", "FP32", Float32Array.of(5, 1, 1, 5), [2, 2]);
  const both = await runOnnx(classifier, [measurements], { timeoutMs });
  expect(both.outputs.map(({ name, shape }) => ({ name, shape }))).toEqual([
    { name: "species", shape: [2] },
    { name: "probabilities", shape: [2, 2] },
  ]);
  const one = await runOnnx(classifier, [measurements], { timeoutMs, outputs: ["species"] });
  expect(one.outputs).toEqual([tensor("species", "INT64", BigInt64Array.of(0n, 1n))]);
});

test("every kind of tensor goes through unchanged", async () => {
  const echo = await onnxTarget(echoModel());
  const shape = [1, 2];
  const inputs = [
    tensor("bytes", "BYTES", ["déjà vu ☂", ""], shape),
    tensor("int64", "INT64", BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n)), shape),
    tensor("bool", "BOOL", Uint8Array.of(1, 0), shape),
    tensor("fp16", "FP16", Float32Array.of(1.5, -65_504), shape),
    tensor("fp64", "FP64", Float64Array.of(Math.PI, Number.NaN), shape),
    tensor("uint64", "UINT64", BigUint64Array.of(2n ** 64n - 1n, 0n), shape),
    tensor("uint8", "UINT8", Uint8Array.of(255, 0), shape),
    tensor("int32", "INT32", Int32Array.of(-5, 5), shape),
  ];
  const { outputs } = await runOnnx(echo, inputs, { timeoutMs });
  expect(outputs).toEqual(inputs.map((input) => ({ ...input, name: `${input.name}_out` })));
});
