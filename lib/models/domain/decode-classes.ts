import type { Tensor } from "../../runners/domain";
import type { Result } from "../schema";
import { isFloat } from "./number-ranges";
import type { About } from "./place-columns";
import { bareValue, findOutput, numberAt, type Refuse, widthOf } from "./read-output";
import { shortest } from "./round-float";

export type Classes = Extract<Result, { kind: "classes" }>;
export type ClassOutput = {
  label: string;
  probability?: number;
  probabilities?: Record<string, number>;
};

/** Which outputs are meant; where nobody said, the first one is what its type suggests. */
export function classSources(
  { probabilities, label }: Classes,
  outputs: readonly { name: string; datatype: Tensor["datatype"] }[],
): { probabilities: string | null; label: string | null } {
  const [first] = outputs;
  if (probabilities !== null || label !== null || !first) return { probabilities, label };
  return isFloat(first.datatype)
    ? { probabilities: first.name, label: null }
    : { probabilities: null, label: first.name };
}

/** From the probabilities of all classes in order, the position of the chosen one, or both. */
export function classOutput(
  labels: readonly string[],
  chosen: number | null,
  given: readonly number[] | null,
  refuse: Refuse,
): ClassOutput {
  const probabilities = given && given.length === 1 && labels.length === 2 ? both(given[0] as number) : given;
  if (probabilities && probabilities.length !== labels.length)
    throw refuse(`The answer has ${probabilities.length} probabilities for ${labels.length} classes.`);
  if (probabilities && !probabilities.every(isProbability))
    throw refuse("A probability is not between 0 and 1. If these are scores, describe them as fields.");
  const position = chosen ?? largest(probabilities ?? []);
  const label = labels[position];
  if (label === undefined) throw refuse(`The answer names class ${position} of ${labels.length}.`);
  if (!probabilities) return { label };
  return {
    label,
    probability: probabilities[position] as number,
    probabilities: Object.fromEntries(labels.map((name, index) => [name, probabilities[index] as number])),
  };
}

/** Rounding may add a little. */
const isProbability = (value: number): boolean => value >= -1e-6 && value <= 1 + 1e-6;

/** A single probability is that of the second class. Fifteen digits hide what subtracting leaves behind the last. */
const both = (second: number): [number, number] => [Number((1 - second).toPrecision(15)), second];

function largest(values: readonly number[]): number {
  let position = 0;
  for (let index = 1; index < values.length; index += 1)
    if ((values[index] as number) > (values[position] as number)) position = index;
  return position;
}

export function compileClasses(result: Classes, about: About, refuse: Refuse) {
  const { labels } = result;
  const sources = classSources(result, about.outputs);
  return (outputs: readonly Tensor[], rows: number): ClassOutput[] => {
    const find = (name: string | null) => (name === null ? null : findOutput(outputs, name, refuse));
    const probabilities = find(sources.probabilities);
    const label = find(sources.label);
    const width = probabilities ? widthOf(probabilities, rows, refuse) : 0;
    if (label && widthOf(label, rows, refuse) !== 1)
      throw refuse(`${label.name} holds more than one label for a row.`);
    return Array.from({ length: rows }, (_, row) => {
      const given = probabilities ? probabilitiesAt(probabilities, row * width, width) : null;
      return classOutput(labels, label ? positionAt(label, row, labels, refuse) : null, given, refuse);
    });
  };
}

function probabilitiesAt(tensor: Tensor, start: number, width: number): number[] {
  const { datatype } = tensor;
  return Array.from({ length: width }, (_, index) =>
    shortest(numberAt(tensor, start + index) ?? Number.NaN, datatype),
  );
}

function positionAt(tensor: Tensor, index: number, labels: readonly string[], refuse: Refuse): number {
  return positionOf(
    tensor.datatype === "BOOL" ? numberAt(tensor, index) : bareValue(tensor, index),
    labels,
    refuse,
  );
}

/** A class by its position or by its name. */
export function positionOf(value: unknown, labels: readonly string[], refuse: Refuse): number {
  const position = typeof value === "string" ? labels.indexOf(value) : value;
  if (!Number.isInteger(position) || (position as number) < 0 || (position as number) >= labels.length)
    throw refuse("The answer names a class that the signature does not know.");
  return position as number;
}
