import { countOf, type TensorSpec } from "../../runners/domain";
import type { Faults, Path } from "./gather-faults";
import { isPerRow, rowShapeOf, shapeText } from "./place-columns";
import type { Words } from "./value-words";

/** The values of one row in one tensor as they came, in row-major order. */
export type Block = {
  path: Path;
  shape: number[];
  values: unknown[];
  pathOf: (index: number) => Path;
};

/** Reads nested lists, with or without the list of rows around them, or a flat one where one shape can be meant. */
export function readBlock(spec: TensorSpec, value: unknown, path: Path, faults: Faults): Block | null {
  const dims = dimsOf(value, spec.shape.length);
  const shape = shapeOf(spec, dims);
  const words = faultOf(spec, shape, dims);
  if (words) {
    faults.add(path, words);
    return null;
  }
  const values: unknown[] = [];
  if (!flatten(value, dims, path, values, faults)) return null;
  return { path, shape, values, pathOf: (index) => [...path, ...positionOf(index, dims)] };
}

/** The lengths on the way along the first elements, one deeper than the tensor at most. */
function dimsOf(value: unknown, rank: number): number[] {
  const dims: number[] = [];
  for (let inner = value; Array.isArray(inner) && dims.length <= rank; inner = inner[0])
    dims.push(inner.length);
  return dims;
}

/** What lists of these lengths mean for the tensor; lists that mean nothing keep their own shape. */
function shapeOf(spec: TensorSpec, dims: number[]): number[] {
  const rank = spec.shape.length;
  if (dims.length === rank) return dims;
  if (isPerRow(spec) && dims.length === rank - 1) return [1, ...dims];
  const row = rowShapeOf(spec);
  const isFlat = dims.length <= 1 && !row.includes(-1) && (dims[0] ?? 1) === countOf(row);
  if (!isFlat) return dims;
  return isPerRow(spec) ? [1, ...row] : row;
}

const isFitting = (shape: readonly number[], wanted: readonly number[]): boolean =>
  shape.length === wanted.length &&
  shape.every((size, index) => wanted[index] === -1 || wanted[index] === size);

function faultOf(spec: TensorSpec, shape: readonly number[], dims: readonly number[]): Words | null {
  const { name } = spec;
  const wanted = shapeText(isPerRow(spec) ? [1, ...rowShapeOf(spec)] : spec.shape);
  const fix = `Send the values of one row as nested lists of the shape ${wanted}.`;
  if (dims.length > spec.shape.length)
    return { message: `${name} is nested deeper than its shape ${shapeText(spec.shape)}.`, fix };
  if (dims.includes(0)) return { message: `${name} holds no value.`, fix };
  if (!isFitting(shape, spec.shape))
    return { message: `${name} has the shape ${shapeText(dims)}, and one row has the shape ${wanted}.`, fix };
  if (isPerRow(spec) && shape[0] !== 1)
    return {
      message: `${name} holds ${shape[0]} rows in one.`,
      fix: "Send each row as one of inputs.",
    };
  return null;
}

/** As deep as the tensor and no deeper; a list where a value should be is found when it is read. */
function flatten(
  value: unknown,
  dims: readonly number[],
  path: Path,
  into: unknown[],
  faults: Faults,
  level = 0,
): boolean {
  if (level === dims.length) {
    into.push(value);
    return true;
  }
  const size = dims[level];
  if (!Array.isArray(value) || value.length !== size) {
    faults.add(path, {
      message: `Here is ${Array.isArray(value) ? `a list of ${value.length}` : "no list"}, where the list beside it has ${size}.`,
      fix: `Send a list of ${size} here.`,
    });
    return false;
  }
  if (level < dims.length - 1)
    return value.every((item, index) => flatten(item, dims, [...path, index], into, faults, level + 1));
  for (const item of value) into.push(item);
  return true;
}

/** Where the n-th value was in the lists that came. */
function positionOf(index: number, dims: readonly number[]): number[] {
  const position: number[] = [];
  let rest = index;
  for (const size of dims.toReversed()) {
    position.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return position;
}
