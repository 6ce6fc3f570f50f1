import type { Preset, TensorSpec } from "../../runners/domain";
import { countOf } from "../../runners/domain";
import type { Column, Signature } from "../schema";
import { readerOf, type ValueReader } from "./read-value";

/** All that encoding, decoding and describing go by. */
export type About = {
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  signature: Signature;
  runner: "onnx" | "http";
  /** Of an upstream; null for an ONNX file. */
  preset: Preset | null;
};

/** Upstreams with a plain or chat interface take rows as they are; all others take tensors. */
export const takesTensors = ({ runner, preset }: Pick<About, "runner" | "preset">): boolean =>
  runner === "onnx" || preset === "open_inference";

/** With a free first dimension a tensor holds many rows; any other holds one, whatever its shape. */
export const isPerRow = ({ shape }: TensorSpec): boolean => shape[0] === -1;

/** What one row is in a tensor. */
export const rowShapeOf = (spec: TensorSpec): number[] =>
  isPerRow(spec) ? spec.shape.slice(1) : [...spec.shape];

/** `[n, 4]`: what is free is called n. */
export const shapeText = (shape: readonly number[]): string =>
  `[${shape.map((size) => (size === -1 ? "n" : size)).join(", ")}]`;

export type Place = ValueReader & { column: Column; tensor: number; offset: number };

export type Layout = {
  places: Place[];
  /** Of each input tensor: the shape of one row. */
  shapes: number[][];
};

/** Columns fill their tensor from left to right, in the order in which they are listed. */
export function placeColumns(columns: readonly Column[], inputs: readonly TensorSpec[]): Layout {
  const filled = inputs.map(() => 0);
  const places = columns.flatMap((column): Place[] => {
    const tensor = column.tensor === null ? 0 : inputs.findIndex(({ name }) => name === column.tensor);
    const spec = inputs[tensor];
    if (!spec) return [];
    const reader = readerOf(column, spec.datatype);
    const offset = filled[tensor] ?? 0;
    filled[tensor] = offset + reader.width;
    return [{ ...reader, column, tensor, offset }];
  });
  const shapes = inputs.map((spec, tensor) => closed(rowShapeOf(spec), filled[tensor] ?? 0));
  return { places, shapes };
}

/** The shape with its one free dimension as long as the values need it. */
function closed(row: readonly number[], width: number): number[] {
  const known = countOf(row.filter((size) => size !== -1));
  return row.map((size) => (size === -1 ? width / known : size));
}
