import type { TensorSpec } from "../../runners/domain";
import type { Column } from "../schema";
import { exampleOf } from "./example-row";
import { type Faults, type Path, shortName } from "./gather-faults";
import { isText, rangeOf } from "./number-ranges";
import { readerOf } from "./read-value";
import { listed } from "./value-words";

/** `inputs`: null for an upstream that has no tensors. */
export function columnFaults(
  column: Column,
  inputs: readonly TensorSpec[] | null,
  path: Path,
  faults: Faults,
): void {
  const { kind } = column;
  const isNumber = kind === "number" || kind === "integer";
  const add = (member: string, message: string, fix: string) =>
    faults.add([...path, member], { message, fix });

  if (!isNumber && (column.min !== null || column.max !== null))
    add(column.min !== null ? "min" : "max", "Only numbers have a range.", "Leave min and max out.");
  if (isNumber && column.min !== null && column.max !== null && column.min > column.max)
    add("min", "The range ends before it begins.", "Let min be at most max.");
  if (kind === "category" && column.categories === null)
    add("categories", "A category needs the list of its values.", "List them in categories.");
  if (kind !== "category" && column.categories !== null)
    add(
      "categories",
      "Only a category has a list of values.",
      "Set kind to category, or leave categories out.",
    );
  if (column.categories && new Set(column.categories).size < column.categories.length)
    add("categories", "A value is listed twice.", "List each value once.");
  if (column.one_hot && kind !== "category")
    add("one_hot", "Only a category can take one place per value.", "Leave one_hot out.");
  if (column.length_max !== null && kind !== "text")
    add("length_max", "Only text has a length.", "Leave length_max out.");
  checkTensor(column, inputs, add);
}

type Add = (member: string, message: string, fix: string) => void;

function checkTensor(column: Column, inputs: readonly TensorSpec[] | null, add: Add): void {
  if (inputs === null) {
    if (column.tensor !== null)
      add("tensor", "This upstream takes rows as they are and has no tensors.", "Leave tensor out.");
    checkExample(column, { name: "", datatype: column.kind === "text" ? "BYTES" : "FP64", shape: [] }, add);
    return;
  }
  const spec = column.tensor === null ? inputs[0] : inputs.find(({ name }) => name === column.tensor);
  if (!spec) {
    const names = inputs.map(({ name }) => name);
    add(
      "tensor",
      `The model has no input ${shortName(column.tensor ?? "")}.`,
      `Its inputs are ${listed(names)}.`,
    );
    return;
  }
  const { datatype } = spec;
  if (column.kind === "text" && !isText(datatype))
    add(
      "kind",
      `Text cannot go into ${spec.name}, which holds ${datatype}.`,
      "Choose number, integer or category.",
    );
  else if (isText(datatype) && column.one_hot)
    add("one_hot", `${spec.name} holds text: a category goes in as its name.`, "Leave one_hot out.");
  else if (datatype === "BOOL" && (column.kind === "number" || column.kind === "integer"))
    add("kind", `${spec.name} holds true and false.`, "Choose boolean.");
  else if (!isText(datatype) && positionsOf(column) > rangeOf(datatype, null, null).max)
    add(
      "categories",
      `The last position is beyond what ${spec.name} can hold, which is ${datatype}.`,
      "List fewer values, or set one_hot.",
    );
  else checkExample(column, spec, add);
}

/** The last position that a category is written as. */
const positionsOf = ({ categories, one_hot }: Column): number =>
  categories && !one_hot ? categories.length - 1 : 0;

/** The given example, or else that there is any value at all which the column takes. */
function checkExample(column: Column, { datatype }: TensorSpec, add: Add): void {
  const hasBounds = column.min === null || column.max === null || column.min <= column.max;
  if (!hasBounds || (column.kind === "category" && !column.categories)) return;
  const reader = readerOf({ ...column, one_hot: false }, datatype);
  const example = exampleOf(column);
  if (reader.accepts(example)) return;
  if (column.example === null) {
    add("min", `No value between min and max fits ${datatype}.`, "Change the range, or the kind.");
    return;
  }
  const { message, fix } = reader.wordsFor(example);
  add("example", `The example is not usable: ${message}`, fix);
}
