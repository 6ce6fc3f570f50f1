import type { Preset, TensorSpec } from "../../runners/domain";
import { type Column, column, type Result, result, type Signature } from "../schema";
import { isFloat, isText } from "./number-ranges";
import { isPerRow, rowShapeOf } from "./place-columns";

/** More than this is a picture or a text, not a row of a table. */
const columnsMax = 100;

/** What columns and results are called when nobody named them: as much as the tensors tell, and no guess beyond. */
export function defaultSignature(
  inputs: readonly TensorSpec[],
  outputs: readonly TensorSpec[],
  preset: Preset | null,
): Signature {
  if (preset === "chat") return chatSignature();
  if (inputs.length === 0) return { columns: null, result: { kind: "raw" } };
  return { columns: columnsOf(inputs), result: resultOf(outputs) };
}

const chatSignature = (): Signature => ({
  columns: [column.parse({ name: "prompt", kind: "text", title: "Prompt", length_max: 10_000 })],
  result: result.parse({ kind: "fields", fields: [{ name: "text", kind: "text" }] }),
});

/** How many values one row has in a tensor; null: not a plain list of values. */
function widthOf(spec: TensorSpec): number | null {
  if (!isPerRow(spec)) return null;
  const row = rowShapeOf(spec).filter((size) => size !== 1);
  if (row.length === 0) return 1;
  return row.length === 1 && row[0] !== -1 ? (row[0] ?? null) : null;
}

function columnsOf(inputs: readonly TensorSpec[]): Column[] | null {
  const [only] = inputs;
  const width = only && inputs.length === 1 ? widthOf(only) : null;
  if (only && width !== null && width > 1)
    return width > columnsMax
      ? null
      : Array.from({ length: width }, (_, index) => columnFor(only, `x${index + 1}`, false));
  if (inputs.length > columnsMax || !inputs.every((spec) => widthOf(spec) === 1)) return null;
  const names = uniqueNames(inputs.map(({ name }) => name));
  return inputs.map((spec, index) => columnFor(spec, names[index] ?? "", true));
}

function columnFor({ name: tensor, datatype }: TensorSpec, name: string, isNamed: boolean): Column {
  const kind =
    datatype === "BOOL" ? "boolean" : isText(datatype) ? "text" : isFloat(datatype) ? "number" : "integer";
  return column.parse({ name, kind, ...(isNamed ? { tensor } : {}) });
}

/** Names of tensors as names of columns: `sepal length` becomes `sepal_length`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replaceAll(/[^A-Za-z0-9_]+/g, "_").slice(0, 50);
    const start = /^[A-Za-z_]/.test(plain) && plain !== "__proto__" ? plain : `x_${plain}`;
    let unique = start;
    for (let count = 2; taken.has(unique); count += 1) unique = `${start}_${count}`;
    taken.add(unique);
    return unique;
  });
}

const isProbabilities = ({ name, datatype }: TensorSpec) => isFloat(datatype) && /prob|softmax/i.test(name);
const isLabel = (spec: TensorSpec) =>
  !isFloat(spec.datatype) && /label|class/i.test(spec.name) && widthOf(spec) === 1;

/** The outputs of a classifier, if that is what they are called like and the number of classes is known. */
function resultOf(outputs: readonly TensorSpec[]): Result {
  const probabilities = outputs.find(isProbabilities);
  const label = outputs.find(isLabel);
  const count = probabilities ? widthOf(probabilities) : null;
  if (!probabilities || count === null || count < 2 || count > 1_000) return { kind: "raw" };
  // Text labels are the model's own, and what they are is written nowhere that can be read.
  const positions = label && !isText(label.datatype) ? label.name : null;
  return {
    kind: "classes",
    labels: Array.from({ length: count }, (_, index) => `class ${index}`),
    probabilities: probabilities.name,
    label: positions,
  };
}
