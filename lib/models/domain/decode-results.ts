import { countOf, type Tensor } from "../../runners/domain";
import { type Classes, type ClassOutput, classOutput, compileClasses, positionOf } from "./decode-classes";
import { compileFields, fieldsOfRow } from "./decode-fields";
import type { About } from "./place-columns";
import { bareValue, type Refuse, refusalOf, type Value } from "./read-output";
import { isBounded } from "./read-plain-rows";

export type ResultWriter = {
  /** One result for each row, from the tensors that a runner gave for all of them. */
  fromTensors: (outputs: readonly Tensor[], rows: number) => unknown[];
  /** The same from an upstream that answers each row with JSON. */
  fromRows: (rows: readonly unknown[]) => unknown[];
};

/** Both throw `model.failed` or `upstream.invalid_answer` when the answer does not fit; the cause says why. */
export function compileResults(about: About): ResultWriter {
  const refuse = refusalOf(about);
  const { result } = about.signature;
  switch (result.kind) {
    case "classes":
      return {
        fromTensors: compileClasses(result, about, refuse),
        fromRows: (rows) => rows.map((row) => classOfRow(result, row, refuse)),
      };
    case "fields":
      return {
        fromTensors: compileFields(result.fields, about, refuse),
        fromRows: (rows) => rows.map((row) => fieldsOfRow(result.fields, row, refuse)),
      };
    case "raw":
      return {
        fromTensors: (outputs, rows) => rawRows(outputs, rows, about),
        fromRows: (rows) => rows.map((row) => boundedRow(row, refuse)),
      };
  }
}

function boundedRow(row: unknown, refuse: Refuse): unknown {
  if (!isBounded(row)) throw refuse("The answer is nested too deeply or holds too many values.");
  return row;
}

type Nested = Value | Nested[];

/**
 * Each output under its name, as nested lists of one row's shape. NaN and the infinities, which JSON has no word
 * for, become null; 64-bit numbers that JSON readers would round become text of digits.
 */
function rawRows(outputs: readonly Tensor[], rows: number, about: About): Record<string, Nested>[] {
  const freeOnes = new Set(about.outputs.filter(({ shape }) => shape[0] === -1).map(({ name }) => name));
  const parts = outputs.map((tensor) => {
    const isSplit = freeOnes.has(tensor.name) && tensor.shape[0] === rows;
    const shape = isSplit ? tensor.shape.slice(1) : tensor.shape;
    return { tensor, shape, step: isSplit ? countOf(shape) : 0 };
  });
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      parts.map(({ tensor, shape, step }) => [tensor.name, nested(tensor, shape, row * step)]),
    ),
  );
}

function nested(tensor: Tensor, shape: readonly number[], start: number): Nested {
  const [size, ...inner] = shape;
  if (size === undefined) return bareValue(tensor, start);
  const step = countOf(inner);
  return Array.from({ length: size }, (_, index) => nested(tensor, inner, start + index * step));
}

/** `"churn"`, `1`, or `{"label": "churn", "probabilities": [0.17, 0.83]}`, the latter also as an object. */
function classOfRow(result: Classes, row: unknown, refuse: Refuse): ClassOutput {
  const { labels } = result;
  if (typeof row === "string" || typeof row === "number")
    return classOutput(labels, positionOf(row, labels, refuse), null, refuse);
  if (row === null || typeof row !== "object") throw refuse("The answer is neither a label nor an object.");
  if (Array.isArray(row)) return classOutput(labels, null, probabilitiesOf(row, labels, refuse), refuse);
  const members = row as Record<string, unknown>;
  const own = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);
  const [label, given] = [own(result.label ?? "label"), own(result.probabilities ?? "probabilities")];
  if (label === undefined && given === undefined)
    throw refuse("The answer has no label and no probabilities.");
  const position = label === undefined ? null : positionOf(label, labels, refuse);
  const probabilities = given === undefined ? null : probabilitiesOf(given, labels, refuse);
  const output = classOutput(labels, position, probabilities, refuse);
  const probability = own("probability");
  if (probabilities || probability === undefined) return output;
  if (typeof probability !== "number" || !Number.isFinite(probability))
    throw refuse("The probability is not a finite number.");
  return { ...output, probability };
}

function probabilitiesOf(value: unknown, labels: readonly string[], refuse: Refuse): number[] {
  const list =
    value && typeof value === "object" && !Array.isArray(value)
      ? labels.map((label) =>
          Object.hasOwn(value, label) ? (value as Record<string, unknown>)[label] : null,
        )
      : typeof value === "number"
        ? [value]
        : value;
  if (!Array.isArray(list) || !list.every((each) => typeof each === "number"))
    throw refuse("The probabilities are not a list of numbers.");
  return list;
}
