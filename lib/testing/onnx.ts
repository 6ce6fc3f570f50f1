import { countOf, type Datatype, emptyData } from "../runners/domain";

/**
 * Writes small ONNX files: a model is a few nested protobuf messages, and these are all the fields they need. The
 * numbers are those of onnx.proto3.
 */

/** A dimension is a size, -1 or a name for one that is free. */
export type OnnxValue = {
  name: string;
  datatype: Datatype;
  shape: readonly (number | string)[];
  /** A list of such tensors, which the product refuses. */
  isSequence?: boolean;
};
export type OnnxConstant = {
  name: string;
  datatype: Datatype;
  shape: readonly number[];
  values: readonly (number | bigint | string)[];
  /** The values are in another file, which the product refuses. */
  file?: string;
};
type Attribute =
  | { int: number }
  | { ints: readonly number[] }
  | { float: number }
  | { text: string }
  | { constant: OnnxConstant }
  | { graph: OnnxGraph };
export type OnnxNode = {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes?: Readonly<Record<string, Attribute>>;
  /** Of an operator beyond the standard ones, such as `ai.onnx.ml`. */
  domain?: string;
};
export type OnnxGraph = {
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  nodes: readonly OnnxNode[];
  initializers?: readonly OnnxConstant[];
};

const typeNumbers: Record<Datatype, number> = {
  FP32: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  BYTES: 8,
  BOOL: 9,
  FP16: 10,
  FP64: 11,
  UINT32: 12,
  UINT64: 13,
};

export const onnxModel = (graph: OnnxGraph & { opset?: number }): Uint8Array =>
  message(
    integer(1, 8),
    text(2, "adyton"),
    part(7, graphOf(graph, "model")),
    part(8, message(text(1, ""), integer(2, graph.opset ?? 17))),
    part(8, message(text(1, "ai.onnx.ml"), integer(2, 3))),
  );

function graphOf({ inputs, outputs, nodes, initializers = [] }: OnnxGraph, name: string): Uint8Array {
  return message(
    ...nodes.map((node) => part(1, nodeOf(node))),
    text(2, name),
    ...initializers.map((constant) => part(5, constantOf(constant))),
    ...inputs.map((value) => part(11, valueInfoOf(value))),
    ...outputs.map((value) => part(12, valueInfoOf(value))),
  );
}

const nodeOf = ({ op, inputs, outputs, attributes = {}, domain = "" }: OnnxNode): Uint8Array =>
  message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => part(5, attributeOf(name, value))),
    text(7, domain),
  );

function attributeOf(name: string, value: Attribute): Uint8Array {
  const typed = (type: number, ...fields: Uint8Array[]) =>
    message(text(1, name), ...fields, integer(20, type));
  if ("float" in value) return typed(1, bytes(2, 5, rawOf("FP32", [value.float])));
  if ("int" in value) return typed(2, integer(3, value.int));
  if ("text" in value) return typed(3, text(4, value.text));
  if ("constant" in value) return typed(4, part(5, constantOf(value.constant)));
  if ("graph" in value) return typed(5, part(6, graphOf(value.graph, name)));
  return typed(7, ...value.ints.map((int) => integer(8, int)));
}

function constantOf({ name, datatype, shape, values, file }: OnnxConstant): Uint8Array {
  if (file === undefined && values.length !== countOf(shape))
    throw new Error(`${name} has ${values.length} values for [${shape}].`);
  const about = message(
    ...shape.map((size) => integer(1, size)),
    integer(2, typeNumbers[datatype]),
    text(8, name),
  );
  if (file !== undefined)
    return message(about, part(13, message(text(1, "location"), text(2, file))), integer(14, 1));
  if (datatype === "BYTES") return message(about, ...values.map((value) => text(6, String(value))));
  return message(about, part(9, rawOf(datatype, values)));
}

function valueInfoOf({ name, datatype, shape, isSequence = false }: OnnxValue): Uint8Array {
  const tensor = part(
    1,
    message(integer(1, typeNumbers[datatype]), part(2, message(...shape.map(dimensionOf)))),
  );
  return message(text(1, name), part(2, isSequence ? part(4, message(part(1, tensor))) : tensor));
}

const dimensionOf = (size: number | string): Uint8Array =>
  part(1, typeof size === "string" ? text(2, size) : size < 0 ? message() : integer(1, size));

function rawOf(datatype: Datatype, values: OnnxConstant["values"]): Uint8Array {
  const data = emptyData(datatype, values.length);
  if (Array.isArray(data) || datatype === "FP16") throw new Error(`${datatype} has no raw form here.`);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data.set(values.map(BigInt));
  else data.set(values.map(Number));
  return new Uint8Array(data.buffer);
}

// The wire format: every field is a number, how it is written, and its content.

const message = (...fields: Uint8Array[]): Uint8Array => Buffer.concat(fields);
const text = (field: number, value: string): Uint8Array => part(field, Buffer.from(value));

function part(field: number, content: Uint8Array): Uint8Array {
  return message(varint((field << 3) | 2), varint(content.length), content);
}

const bytes = (field: number, wire: number, content: Uint8Array): Uint8Array =>
  message(varint((field << 3) | wire), content);

const integer = (field: number, value: number): Uint8Array => bytes(field, 0, varint(value));

function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  out.push(Number(rest));
  return Uint8Array.from(out);
}
