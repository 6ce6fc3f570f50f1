import type { Datatype } from "../runners/domain";
import { type OnnxConstant, type OnnxNode, type OnnxValue, onnxModel } from "./onnx";

/** Models that tests upload and run: small ones that are right, and ones that misbehave on purpose. */

const value = (name: string, datatype: Datatype, shape: OnnxValue["shape"]): OnnxValue => ({
  name,
  datatype,
  shape,
});
const constant = (
  name: string,
  datatype: Datatype,
  shape: number[],
  values: OnnxConstant["values"],
): OnnxConstant => ({ name, datatype, shape, values });
const node = (op: string, inputs: string[], outputs: string[], attributes = {}): OnnxNode => ({
  op,
  inputs,
  outputs,
  attributes,
});

/** `sum` = `a` + `b`, row by row. */
export const adderModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("a", "FP32", ["rows"]), value("b", "FP32", ["rows"])],
    outputs: [value("sum", "FP32", ["rows"])],
    nodes: [node("Add", ["a", "b"], ["sum"])],
  });

/** Softmax of a linear function: `weights` has a line for each input column and in it a number for each class. */
export const classifierModel = ({
  weights,
  bias,
  input = "measurements",
  label = "species",
}: {
  weights: readonly (readonly number[])[];
  bias: readonly number[];
  input?: string;
  label?: string;
}): Uint8Array =>
  onnxModel({
    inputs: [value(input, "FP32", ["rows", weights.length])],
    outputs: [value(label, "INT64", ["rows"]), value("probabilities", "FP32", ["rows", bias.length])],
    initializers: [
      constant("weights", "FP32", [weights.length, bias.length], weights.flat()),
      constant("bias", "FP32", [bias.length], bias),
    ],
    nodes: [
      node("MatMul", [input, "weights"], ["product"]),
      node("Add", ["product", "bias"], ["scores"]),
      node("Softmax", ["scores"], ["probabilities"], { axis: { int: 1 } }),
      node("ArgMax", ["scores"], [label], { axis: { int: 1 }, keepdims: { int: 0 } }),
    ],
  });

const echoed: Datatype[] = ["BYTES", "INT64", "BOOL", "FP16", "FP64", "UINT64", "UINT8", "INT32"];

/** Gives back what it got, in every kind of tensor: `text` as `text_out`, and so on; two values a row. */
export const echoModel = (datatypes: readonly Datatype[] = echoed): Uint8Array =>
  onnxModel({
    inputs: datatypes.map((datatype) => value(datatype.toLowerCase(), datatype, ["rows", 2])),
    outputs: datatypes.map((datatype) => value(`${datatype.toLowerCase()}_out`, datatype, ["rows", 2])),
    nodes: datatypes.map((datatype) =>
      node("Identity", [datatype.toLowerCase()], [`${datatype.toLowerCase()}_out`]),
    ),
  });

/** `total` of exactly three numbers: nothing of it is free, so calls cannot share a run. */
export const fixedModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("numbers", "FP32", [3])],
    outputs: [value("total", "FP32", [1])],
    nodes: [node("ReduceSum", ["numbers"], ["total"], { keepdims: { int: 1 } })],
  });

/** Says that its output has a row for each row it got, and answers one number for all of them. */
export const totalModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("numbers", "FP32", ["rows"]), value("axis", "INT64", ["rows"])],
    outputs: [value("total", "FP32", ["rows"])],
    initializers: [constant("zero", "INT64", [1], [0])],
    nodes: [
      // The axis is only known when it runs, so that nobody can tell beforehand how many rows come out.
      node("Mul", ["axis", "zero"], ["zeros"]),
      node("ReduceMax", ["zeros"], ["chosen"], { keepdims: { int: 1 } }),
      node("ReduceSum", ["numbers", "chosen"], ["total"], { keepdims: { int: 1 } }),
    ],
  });

/** `found` = the `index`-th of 10, 20, 30; an index beyond them is an error of the model itself. */
export const pickyModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("index", "INT64", ["rows"])],
    outputs: [value("found", "FP32", ["rows"])],
    initializers: [constant("table", "FP32", [3], [10, 20, 30])],
    nodes: [node("Gather", ["table", "index"], ["found"])],
  });

const side = 64;

/**
 * Multiplies matrices as often as `turns` says (of all rows together), which takes about 10 microseconds each and
 * all of one processor; then answers `turns` as `done`.
 */
export const spinningModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("turns", "INT64", ["rows"])],
    outputs: [value("done", "INT64", ["rows"])],
    initializers: [
      constant("yes", "BOOL", [], [1]),
      constant("none", "INT64", [], [0]),
      constant("start", "FP32", [side, side], Array(side * side).fill(0.5)),
    ],
    nodes: [
      node("ReduceSum", ["turns"], ["trips"], { keepdims: { int: 0 } }),
      node("Loop", ["trips", "yes", "none", "start"], ["taken", "matrix"], {
        body: {
          graph: {
            inputs: [
              value("turn", "INT64", []),
              value("go_on", "BOOL", []),
              value("before", "INT64", []),
              value("old", "FP32", [side, side]),
            ],
            outputs: [
              value("still_on", "BOOL", []),
              value("after", "INT64", []),
              value("new", "FP32", [side, side]),
            ],
            initializers: [constant("one", "INT64", [], [1])],
            nodes: [
              node("Identity", ["go_on"], ["still_on"]),
              node("Add", ["before", "one"], ["after"]),
              node("MatMul", ["old", "old"], ["square"]),
              node("Tanh", ["square"], ["new"]),
            ],
          },
        },
      }),
      node("Min", ["turns", "taken"], ["done"]),
    ],
  });

/** Fills as many mebibytes as it is told. */
export const hungryModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("mebibytes", "INT64", [1])],
    outputs: [value("largest", "FP32", [1])],
    initializers: [constant("numbers_each", "INT64", [1], [(1 << 20) / 4])],
    nodes: [
      node("Mul", ["mebibytes", "numbers_each"], ["size"]),
      node("ConstantOfShape", ["size"], ["ones"], { value: { constant: constant("one", "FP32", [1], [1]) } }),
      node("ReduceMax", ["ones"], ["largest"], { keepdims: { int: 1 } }),
    ],
  });

/** Answers a sequence of tensors, as some exporters make it: no caller could be given that. */
export const sequenceModel = (): Uint8Array =>
  onnxModel({
    inputs: [value("numbers", "FP32", ["rows"])],
    outputs: [{ ...value("list", "FP32", ["rows"]), isSequence: true }],
    nodes: [node("SequenceConstruct", ["numbers"], ["list"])],
  });

/** Wants its weights from another file, whatever file the name leads to. */
export const externalModel = (file: string): Uint8Array =>
  onnxModel({
    inputs: [value("numbers", "FP32", ["rows", 4])],
    outputs: [value("product", "FP32", ["rows", 4])],
    initializers: [{ ...constant("weights", "FP32", [4], []), file }],
    nodes: [node("Mul", ["numbers", "weights"], ["product"])],
  });
