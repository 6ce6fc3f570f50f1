import type { Fault } from "../../core/errors";
import { countOf, type TensorSpec } from "../../runners/domain";
import type { Column, Signature } from "../schema";
import { columnFaults } from "./check-column";
import { resultFaults } from "./check-result";
import { Faults, shortName } from "./gather-faults";
import { isPerRow, rowShapeOf, shapeText } from "./place-columns";
import { listed } from "./value-words";

/** What of a signature contradicts itself or does not fit the model's tensors. Pointers begin with `/signature`. */
export function signatureFaults(
  signature: Signature,
  inputs: readonly TensorSpec[],
  outputs: readonly TensorSpec[],
  runner: "onnx" | "http",
): Fault[] {
  // Upstreams with a plain interface have no tensors that names could be wrong about.
  const hasTensors = runner === "onnx" || inputs.length > 0;
  const faults = new Faults();
  for (const [index, column] of (signature.columns ?? []).entries())
    columnFaults(column, hasTensors ? inputs : null, ["signature", "columns", index], faults);
  if (signature.columns) {
    checkUnique(signature.columns, faults);
    if (hasTensors && faults.isEmpty) checkFilled(signature.columns, inputs, faults);
  }
  resultFaults(signature.result, hasTensors ? outputs : null, ["signature", "result"], faults);
  return faults.list;
}

function checkUnique(columns: readonly Column[], faults: Faults): void {
  const taken = new Set<string>();
  for (const [index, { name }] of columns.entries()) {
    if (taken.has(name))
      faults.add(["signature", "columns", index, "name"], {
        message: `There are two columns called ${name}.`,
        fix: "Give every column a name of its own.",
      });
    taken.add(name);
  }
}

const widthOf = ({ one_hot, categories }: Column): number => (one_hot ? (categories?.length ?? 1) : 1);

/** Every value of every input tensor has to come from some column. */
function checkFilled(columns: readonly Column[], inputs: readonly TensorSpec[], faults: Faults): void {
  for (const [index, spec] of inputs.entries()) {
    const own = columns.filter(({ tensor }) => (tensor === null ? index === 0 : tensor === spec.name));
    const filled = own.reduce((sum, column) => sum + widthOf(column), 0);
    const row = rowShapeOf(spec);
    const free = row.filter((size) => size === -1).length;
    const known = countOf(row.filter((size) => size !== -1));
    if (own.length > 0 && (free === 0 ? filled === known : free === 1 && filled % known === 0)) continue;
    const place = ["signature", "columns"];
    if (own.length === 0)
      faults.add(place, {
        message: `No column fills the input ${shortName(spec.name)}.`,
        fix: `Add columns with this tensor, or set columns to null. The inputs are ${listed(inputs.map(({ name }) => name))}.`,
      });
    else if (free > 1)
      faults.add(place, {
        message: `${shortName(spec.name)} has the shape ${shapeText(spec.shape)}, whose rows have more than one free length.`,
        fix: "Set columns to null: such a model is called with tensors.",
      });
    else
      faults.add(place, {
        message: `The columns fill ${filled} values of ${shortName(spec.name)}, and one row of it has ${free === 0 ? known : `a multiple of ${known}`}.`,
        fix: isPerRow(spec)
          ? `List as many columns as a row of the shape ${shapeText(spec.shape)} has values.`
          : `List as many columns as the shape ${shapeText(spec.shape)} has values.`,
      });
  }
}
