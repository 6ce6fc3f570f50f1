import {
  asBigInts,
  asNumbers,
  asTexts,
  isDigits,
  isFloat,
  isText,
  isWide,
  rangeOf,
} from "../models/domain/number-ranges";
import { type Datatype, emptyData, type TensorData } from "../runners/domain";

/** Takes down what is wrong, where, and how to mend it. */
export type Refuse = (pointer: string, message: string, fix: string) => void;

/** Deeper than anybody's tensors, and shallow enough to go down by recursion. */
export const dimensionsMax = 32;
const dimensionMax = 2 ** 31 - 1;

/** The sizes of a request's tensor; null when one of them is none. */
export function readShape(value: unknown, pointer: string, refuse: Refuse): number[] | null {
  const fix = `Send a list of at most ${dimensionsMax} whole numbers, such as [1, 4].`;
  if (!Array.isArray(value) || value.length > dimensionsMax) {
    refuse(pointer, "shape is missing or not the list of a tensor's dimensions.", fix);
    return null;
  }
  const wrong = value.findIndex((size) => !Number.isInteger(size) || size < 0 || size > dimensionMax);
  if (wrong === -1) return value;
  const message =
    value[wrong] === -1
      ? "-1 stands for a free dimension in a model's metadata; a tensor that is sent has a size in each."
      : `A dimension is a whole number from 0 to ${dimensionMax}.`;
  refuse(`${pointer}/${wrong}`, message, fix);
  return null;
}

/** Writes a value of JSON to its place and says whether the type can hold it. */
type Put = (data: TensorData, at: number, value: unknown) => boolean;

/** The values of a tensor, flat or nested as its shape is; null when something does not fit. */
export function readData(
  value: unknown,
  { datatype, shape }: { datatype: Datatype; shape: readonly number[] },
  pointer: string,
  refuse: Refuse,
): TensorData | null {
  const fail = (message: string, fix: string, place = pointer): null => {
    refuse(place, message, fix);
    return null;
  };
  if (!Array.isArray(value))
    return fail("data is missing or not a list.", "Send the values as a JSON list, flat or nested.");
  const isNested = shape.length > 1 && Array.isArray(value[0]);
  const flat = isNested ? flatten(value, shape) : value;
  if (flat === null)
    return fail(
      "data is nested otherwise than its shape says.",
      `Nest the lists as ${JSON.stringify(shape)} says, or send all values in one flat list.`,
    );
  const count = shape.reduce((product, size) => product * size, 1);
  if (flat.length !== count)
    return fail(
      `The shape ${JSON.stringify(shape)} holds ${count} values, but data has ${flat.length}.`,
      "Let the product of the dimensions be the number of values.",
    );
  const data = emptyData(datatype, count);
  const { put, wanted } = kinds[datatype];
  for (let at = 0; at < count; at += 1) {
    if (put(data, at, flat[at])) continue;
    const place = isNested ? `${pointer}${pathOf(at, shape)}` : `${pointer}/${at}`;
    return fail(`This is not a value of the type ${datatype}.`, `Send ${wanted}.`, place);
  }
  return data;
}

/** Row-major; null when a list is not as long as its dimension, or no list. */
function flatten(
  value: unknown,
  shape: readonly number[],
  depth = 0,
  into: unknown[] = [],
): unknown[] | null {
  if (!Array.isArray(value) || value.length !== shape[depth]) return null;
  if (depth === shape.length - 1) {
    for (const element of value) into.push(element);
    return into;
  }
  return value.every((part) => flatten(part, shape, depth + 1, into) !== null) ? into : null;
}

/** Where the value at a row-major place stands in nested data: `/1/0`. */
function pathOf(at: number, shape: readonly number[]): string {
  let [rest, path] = [at, ""];
  for (const size of shape.toReversed()) {
    path = `/${rest % size}${path}`;
    rest = Math.floor(rest / size);
  }
  return path;
}

const putBoolean: Put = (data, at, value) => {
  if (typeof value !== "boolean") return false;
  asNumbers(data)[at] = value ? 1 : 0;
  return true;
};

const putText: Put = (data, at, value) => {
  if (typeof value !== "string" || !value.isWellFormed()) return false;
  asTexts(data)[at] = value;
  return true;
};

function putWide(datatype: Datatype): Put {
  const { min, max } = rangeOf(datatype, null, null);
  return (data, at, value) => {
    const isExact = typeof value === "bigint" || Number.isSafeInteger(value) || isDigits(value);
    if (!isExact) return false;
    const number = BigInt(value as bigint | number | string);
    if (number < min || number > max) return false;
    asBigInts(data)[at] = number;
    return true;
  };
}

function putNumber(datatype: Datatype): Put {
  const { min, max } = rangeOf(datatype, null, null);
  const isWhole = !isFloat(datatype);
  return (data, at, value) => {
    // A whole number beyond 2^53 is read as a bigint; for a float it is as good as its nearest neighbour.
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !(number >= min && number <= max)) return false;
    if (isWhole && !Number.isInteger(number)) return false;
    asNumbers(data)[at] = number;
    return true;
  };
}

function kindOf(datatype: Datatype): { put: Put; wanted: string } {
  if (datatype === "BOOL") return { put: putBoolean, wanted: "true or false" };
  if (isText(datatype)) return { put: putText, wanted: "text that is valid Unicode" };
  const { min, max } = rangeOf(datatype, null, null);
  if (isWide(datatype))
    return {
      put: putWide(datatype),
      wanted: `a whole number from ${min} to ${max}, as a number or as text of digits`,
    };
  const noun = isFloat(datatype) ? "a finite number" : "a whole number";
  return { put: putNumber(datatype), wanted: `${noun} from ${min} to ${max}` };
}

const kinds: Record<Datatype, ReturnType<typeof kindOf>> = {
  BOOL: kindOf("BOOL"),
  UINT8: kindOf("UINT8"),
  UINT16: kindOf("UINT16"),
  UINT32: kindOf("UINT32"),
  UINT64: kindOf("UINT64"),
  INT8: kindOf("INT8"),
  INT16: kindOf("INT16"),
  INT32: kindOf("INT32"),
  INT64: kindOf("INT64"),
  FP16: kindOf("FP16"),
  FP32: kindOf("FP32"),
  FP64: kindOf("FP64"),
  BYTES: kindOf("BYTES"),
};
