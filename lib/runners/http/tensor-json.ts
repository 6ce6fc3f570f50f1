import { countOf, type Datatype, emptyData, type Tensor, type TensorSpec } from "../domain";
import { invalidAnswer, unusableValues } from "./fault";

/** One tensor as the Open Inference Protocol writes it, its values flat and every digit of them kept. */
export function tensorJson({ name, shape, datatype, data }: Tensor): string {
  const head = JSON.stringify({ name, shape, datatype }).slice(0, -1);
  // Joined rather than stringified: it is several times faster, and a bigint keeps its digits.
  const values = Array.isArray(data)
    ? data.map((text) => JSON.stringify(text)).join(",")
    : datatype === "BOOL"
      ? Array.from(data, Boolean).join(",")
      : data.join(",");
  return `${head},"data":[${values}]}`;
}

const integerRanges: Partial<Record<Datatype, readonly [bigint, bigint]>> = {
  UINT8: [0n, 2n ** 8n - 1n],
  UINT16: [0n, 2n ** 16n - 1n],
  UINT32: [0n, 2n ** 32n - 1n],
  UINT64: [0n, 2n ** 64n - 1n],
  INT8: [-(2n ** 7n), 2n ** 7n - 1n],
  INT16: [-(2n ** 15n), 2n ** 15n - 1n],
  INT32: [-(2n ** 31n), 2n ** 31n - 1n],
  INT64: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** The value as the datatype holds it; undefined when it is none of its values. */
function readValue(datatype: Datatype, value: unknown): number | bigint | string | undefined {
  if (datatype === "BYTES") return typeof value === "string" ? value : undefined;
  if (datatype === "BOOL")
    return value === true || value === 1 ? 1 : value === false || value === 0 ? 0 : undefined;
  const range = integerRanges[datatype];
  if (!range) {
    if (typeof value !== "number" && typeof value !== "bigint") return undefined;
    const number = datatype === "FP64" ? Number(value) : Math.fround(Number(value));
    return Number.isFinite(number) ? number : undefined;
  }
  if (typeof value !== "bigint" && !Number.isSafeInteger(value)) return undefined;
  const integer = BigInt(value as number | bigint);
  if (integer < range[0] || integer > range[1]) return undefined;
  return datatype === "INT64" || datatype === "UINT64" ? integer : Number(integer);
}

/** Lists in lists, or one list of everything: both are allowed. */
function* flatten(data: readonly unknown[], depth: number): Generator<unknown> {
  for (const value of data)
    if (Array.isArray(value) && depth > 1) yield* flatten(value, depth - 1);
    else yield value;
}

type Given = Record<string, unknown>;

function readShape(name: string, given: unknown, spec: TensorSpec): number[] {
  const isShape =
    Array.isArray(given) && given.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
  if (!isShape) throw invalidAnswer(`The shape of its output "${name}" is not a list of sizes.`);
  const shape = given as number[];
  const isAsPromised =
    shape.length === spec.shape.length &&
    spec.shape.every((size, index) => size === -1 || size === shape[index]);
  if (!isAsPromised)
    throw unusableValues(
      `Its output "${name}" has the shape [${shape.slice(0, 8)}], not [${spec.shape}] as its description says.`,
    );
  return shape;
}

/** An output as it was promised, or a fault that says in what way it is not. */
export function readTensor(given: Given, spec: TensorSpec): Tensor {
  const { name, datatype } = spec;
  if (given.datatype !== datatype)
    throw invalidAnswer(`Its output "${name}" is not of the type ${datatype} as its description says.`);
  const shape = readShape(name, given.shape, spec);
  const { data: values } = given;
  if (!Array.isArray(values)) throw invalidAnswer(`Its output "${name}" has no data in the JSON.`);
  const count = countOf(shape);
  const flat = Array.from(flatten(values, shape.length));
  if (flat.length !== count)
    throw unusableValues(`Its output "${name}" has ${flat.length} values where its shape means ${count}.`);
  const data = emptyData(datatype, count);
  flat.forEach((value, index) => {
    const read = readValue(datatype, value);
    if (read === undefined)
      throw unusableValues(`Value ${index} of its output "${name}" is no ${datatype} value.`);
    data[index] = read;
  });
  return { name, datatype, shape, data };
}
