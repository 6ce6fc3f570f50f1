import type { UserActor } from "../../core/actor";
import { isPending } from "../../core/pending";
import type { Tensor } from "../../runners/domain";
import { boundsOf, type Caller } from "./caller-bounds";
import { checkTensors } from "./check-tensors";
import { findVersion } from "./find-version";
import { makeCall } from "./make-call";
import { runTensors } from "./run-version";

export type TensorCall = {
  model: string;
  version?: string | number | undefined;
  inputs: Tensor[];
  /** By name; all of them when absent. */
  outputs?: readonly string[] | undefined;
  /** The longest that the caller wants to wait; never longer than the model's own limit. */
  timeoutMs?: number | undefined;
};

export type TensorResult = {
  id: string;
  model: string;
  version: number;
  outputs: Tensor[];
  queueMs: number;
  predictMs: number;
};

/** One call of a model with the tensors it is made for: nobody's names, nothing converted. */
export async function predictTensors(
  actor: UserActor,
  asked: TensorCall,
  caller: Caller,
): Promise<TensorResult> {
  const finding = findVersion(actor, asked.model, asked.version);
  const { model, version } = isPending(finding) ? await finding : finding;
  const rows = checkTensors(asked, version, model.rowsMax);
  const bounds = boundsOf(model.timeoutMs, caller, asked.timeoutMs);
  const isRecorded = model.history.kind !== "never";
  const kept = (tensors: readonly Tensor[]) => (isRecorded ? tensors.map(plainTensor) : null);
  const call = { actor, model, version, input: kept(asked.inputs), rows, bounds };
  const { id, worked } = await makeCall(
    call,
    () => runTensors(version, asked.inputs, bounds, asked.outputs),
    ({ outputs }) => kept(outputs),
  );
  const { outputs, queueMs, predictMs } = worked;
  return { id, model: model.name, version: version.number, outputs, queueMs, predictMs };
}

/** As the history keeps it: JSON knows whole numbers up to 2^53, beyond that they are texts. */
const plainTensor = ({ name, datatype, shape, data }: Tensor) => ({
  name,
  datatype,
  shape,
  data: Array.from<string | number | bigint, string | number>(data, (value) =>
    typeof value !== "bigint" ? value : Number.isSafeInteger(Number(value)) ? Number(value) : String(value),
  ),
});
