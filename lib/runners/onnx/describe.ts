import { statSync } from "node:fs";
import { AppError } from "../../core/errors";
import { singleton } from "../../infra/singleton";
import type { TensorSpec } from "../domain";
import { loadFault } from "./faults";
import { type LoadedSpec, Runner } from "./runner-process";

type Described<Spec> = { inputs: Spec[]; outputs: Spec[] };

const startMsMax = 30_000;
/** A file may unfold while it is loaded, but not beyond all measure. */
const memoryLeast = 1_024;
const memoryPerMebibyte = 4;

const tensorsMax = 1_000;
const nameLengthMax = 200;

const unusable = (detail: string): AppError => new AppError("model.file_unusable", { detail });

/**
 * What a file says of its inputs and outputs. It is read in a process of its own, which is given up afterwards:
 * whatever the file does to its reader, it does to that one.
 */
export async function describeOnnx(file: string): Promise<Described<TensorSpec>> {
  const turns = singleton("onnx-describing", () => ({ last: Promise.resolve<unknown>(null) }));
  // One after the other: uploads are rare, and each may use a lot of memory.
  const turn = turns.last.then(() => load(file));
  turns.last = turn.catch(() => {});
  const { inputs, outputs } = await turn;
  for (const [kind, { length }] of [["inputs", inputs] as const, ["outputs", outputs] as const])
    if (length === 0 || length > tensorsMax)
      throw unusable(`It has ${length} ${kind}; 1 to ${tensorsMax} can be used.`);
  return { inputs: inputs.map(tensorSpec), outputs: outputs.map(tensorSpec) };
}

function load(file: string): Promise<Described<LoadedSpec>> {
  const mebibytes = statSync(file).size / 1_048_576;
  const memoryMax = Math.round(memoryLeast + memoryPerMebibyte * mebibytes);
  return new Promise((resolve, reject) => {
    const runner = new Runner(
      { file, memoryMax, isWarmed: false, startMsMax },
      {
        onLoaded: (inputs, outputs) => {
          runner.stop();
          resolve({ inputs, outputs });
        },
        onEnd: (end) => reject(unusable(loadFault(end))),
      },
    );
    runner.hold();
  });
}

function tensorSpec({ name, datatype, shape }: LoadedSpec): TensorSpec {
  if (name.length > nameLengthMax || !name.isWellFormed() || /\p{C}/u.test(name) || name === "__proto__")
    throw unusable("The name of an input or output is too long, or has characters that are none.");
  if (datatype === null)
    throw unusable(
      `"${name}" is not a tensor of a type that can be sent. If it is a classifier of scikit-learn, export it with options={"zipmap": False}.`,
    );
  return { name, datatype, shape };
}
