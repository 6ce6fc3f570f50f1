import { countOf, type TensorSpec } from "../../runners/domain";
import type { Field, Result } from "../schema";
import { type Classes, classSources } from "./decode-classes";
import { type Faults, type Path, shortName } from "./gather-faults";
import { isFloat, isText } from "./number-ranges";
import { rowShapeOf } from "./place-columns";
import { listed } from "./value-words";

/** `outputs`: null for an upstream that has no tensors. */
export function resultFaults(
  result: Result,
  outputs: readonly TensorSpec[] | null,
  path: Path,
  faults: Faults,
): void {
  if (result.kind === "classes") classFaults(result, outputs, path, faults);
  if (result.kind === "fields") {
    const taken = new Set<string>();
    for (const [index, field] of result.fields.entries()) {
      const own = [...path, "fields", index];
      if (taken.has(field.name))
        faults.add([...own, "name"], {
          message: `There are two results called ${field.name}.`,
          fix: "Give every result a name of its own.",
        });
      taken.add(field.name);
      fieldFaults(field, outputs, own, faults);
    }
  }
}

/** How many values one row has; null where that is free. */
function widthOf(spec: TensorSpec): number | null {
  const row = rowShapeOf(spec);
  return row.includes(-1) ? null : countOf(row);
}

function find(
  name: string | null,
  outputs: readonly TensorSpec[],
  path: Path,
  faults: Faults,
): TensorSpec | null {
  const found = outputs.find((output) => output.name === name) ?? null;
  if (!found && name !== null)
    faults.add(path, {
      message: `The model has no output ${shortName(name)}.`,
      fix: `Its outputs are ${listed(outputs.map((output) => output.name))}.`,
    });
  return found;
}

function classFaults(
  result: Classes,
  outputs: readonly TensorSpec[] | null,
  path: Path,
  faults: Faults,
): void {
  const { labels } = result;
  if (new Set(labels).size < labels.length)
    faults.add([...path, "labels"], { message: "A label is listed twice.", fix: "List each label once." });
  if (outputs === null) return;
  const sources = classSources(result, outputs);
  const probabilities = find(sources.probabilities, outputs, [...path, "probabilities"], faults);
  const label = find(sources.label, outputs, [...path, "label"], faults);
  if (probabilities && !isFloat(probabilities.datatype))
    faults.add([...path, "probabilities"], {
      message: `${shortName(probabilities.name)} holds ${probabilities.datatype}, which are no probabilities.`,
      fix: "Name an output of the type FP32 or FP64, or name this one as label.",
    });
  const width = probabilities && widthOf(probabilities);
  if (probabilities && width !== null && width !== labels.length && !(width === 1 && labels.length === 2))
    faults.add([...path, "labels"], {
      message: `There are ${labels.length} labels, and ${shortName(probabilities.name)} has ${width} values in a row.`,
      fix: `List ${width === 1 ? 2 : width} labels, in the order of the model's classes.`,
    });
  if (label && (widthOf(label) ?? 1) !== 1)
    faults.add([...path, "label"], {
      message: `${shortName(label.name)} holds more than one value in a row.`,
      fix: "Name the output that holds the chosen class, or leave label out.",
    });
}

function fieldFaults(field: Field, outputs: readonly TensorSpec[] | null, path: Path, faults: Faults): void {
  const add = (member: string, message: string, fix: string) =>
    faults.add([...path, member], { message, fix });
  if (field.kind !== "number" && (field.min !== null || field.max !== null))
    add(field.min !== null ? "min" : "max", "Only numbers have a range.", "Leave min and max out.");
  if (field.min !== null && field.max !== null && field.min > field.max)
    add("min", "The range ends before it begins.", "Let min be at most max.");
  if (field.kind === "category" && field.categories === null)
    add("categories", "A category needs the list of its values.", "List them in categories.");
  if (outputs === null) return;
  const spec = field.from === null ? outputs[0] : find(field.from, outputs, [...path, "from"], faults);
  if (!spec) return;
  const width = widthOf(spec);
  if (width !== null && field.index >= width)
    add(
      "index",
      `${shortName(spec.name)} has ${width} values in a row.`,
      `Write an index from 0 to ${width - 1}.`,
    );
  if (isText(spec.datatype) && (field.kind === "number" || field.kind === "boolean"))
    add("kind", `${shortName(spec.name)} holds text.`, "Choose text or category.");
}
