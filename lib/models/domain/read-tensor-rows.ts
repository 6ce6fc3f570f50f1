import { emptyData, type Tensor, type TensorSpec } from "../../runners/domain";
import type { ReadAll, Row } from "./encode-rows";
import { Faults, type Path, rowPath, shortName } from "./gather-faults";
import { isPerRow, shapeText } from "./place-columns";
import { type Block, readBlock } from "./read-tensor-value";
import { bareReaderOf, type ValueReader } from "./read-value";
import { closest, listed } from "./value-words";

/** Rows given as tensors, each of them one row: `{"measurements": [[5.1, 3.5, 1.4, 0.2]]}`. */
export function compileTensorRows(inputs: readonly TensorSpec[]): ReadAll {
  const tensorsOf = inputs.map((spec) => ({ spec, reader: bareReaderOf(spec.name, spec.datatype) }));
  return (rows, isBatch) => {
    const faults = new Faults();
    for (const [index, row] of rows.entries()) checkNames(row, inputs, rowPath(index, isBatch), faults);
    stopOn(faults);
    const tensors = tensorsOf.map(({ spec, reader }) => {
      const blocks: Block[] = [];
      for (const [index, row] of rows.entries()) {
        if (faults.isFull) break;
        const block = readBlock(spec, row[spec.name], [...rowPath(index, isBatch), spec.name], faults);
        if (block) blocks.push(block);
      }
      checkSameShape(spec, blocks, faults);
      return faults.isEmpty ? join(spec, blocks, reader, faults) : null;
    });
    stopOn(faults);
    return { kind: "tensors", tensors: tensors.filter((tensor) => tensor !== null), rows: rows.length };
  };
}

function stopOn(faults: Faults): void {
  if (!faults.isEmpty) throw faults.toError();
}

function checkNames(row: Row, inputs: readonly TensorSpec[], path: Path, faults: Faults): void {
  const names = inputs.map(({ name }) => name);
  for (const { name, shape } of inputs)
    if (!Object.hasOwn(row, name))
      faults.add([...path, name], {
        message: `${name} is missing.`,
        fix: `Send its values as nested lists of the shape ${shapeText(shape)}.`,
      });
  for (const name of Object.keys(row)) {
    if (faults.isFull) return;
    if (names.includes(name)) continue;
    const meant = closest(name, names);
    faults.add([...path, name], {
      message: `The model has no input ${shortName(name)}.`,
      fix: meant === null ? `Its inputs are ${listed(names)}.` : `Did you mean ${shortName(meant)}?`,
    });
  }
}

const rowShape = ({ shape }: Block): string => shape.slice(1).join();

function checkSameShape({ name }: TensorSpec, blocks: readonly Block[], faults: Faults): void {
  const [first] = blocks;
  for (const block of blocks)
    if (first && rowShape(block) !== rowShape(first))
      faults.add(block.path, {
        message: `${name} has another shape here than in the first row.`,
        fix: "Send rows of different shapes in calls of their own.",
      });
}

/** The tensor of all rows together. */
function join(spec: TensorSpec, blocks: readonly Block[], reader: ValueReader, faults: Faults): Tensor {
  const shape = [...(blocks[0]?.shape ?? [])];
  if (isPerRow(spec)) shape[0] = blocks.length;
  const data = emptyData(
    spec.datatype,
    blocks.reduce((sum, { values }) => sum + values.length, 0),
  );
  let at = 0;
  for (const { values, pathOf } of blocks)
    for (const [index, value] of values.entries()) {
      if (!reader.put(data, at, value) && !faults.isFull) faults.add(pathOf(index), reader.wordsFor(value));
      at += 1;
    }
  return { name: spec.name, datatype: spec.datatype, shape, data };
}
