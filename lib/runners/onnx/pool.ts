import { singleton, takeSingleton } from "../../infra/singleton";
import type { OnnxTarget, RunnerReport, Tensor, TensorAnswer } from "../domain";
import type { CallOptions } from "./call";
import { ModelPool } from "./model-pool";

const name = "onnx-pools";
const pools = () => singleton(name, () => new Map<string, ModelPool>());

function poolOf(target: OnnxTarget): ModelPool {
  let pool = pools().get(target.id);
  if (!pool) {
    pool = new ModelPool(target, () => pools().delete(target.id));
    pools().set(target.id, pool);
  }
  pool.target = target;
  return pool;
}

/** Runs a version's model on some rows, together with rows of others where that changes nothing. */
export const runOnnx = (
  target: OnnxTarget,
  inputs: readonly Tensor[],
  bounds: CallOptions,
): Promise<TensorAnswer> => poolOf(target).run(inputs, bounds);

/** Starts a runner ahead of the first call; fails as `model.not_loadable`. */
export const warmOnnx = (target: OnnxTarget): Promise<void> => poolOf(target).warm();

const nothing: RunnerReport = {
  state: "idle",
  runners: 0,
  queued: 0,
  running: 0,
  memoryBytes: 0,
  reason: null,
};

export const onnxReport = (id: string): RunnerReport => pools().get(id)?.report() ?? nothing;

/** Lets the calls it has end, and then stops its runners. */
export function retireOnnx(id: string): void {
  pools().get(id)?.retire();
  pools().delete(id);
}

/** Stops everything, for the end of the process. */
export async function closeOnnx(): Promise<void> {
  for (const pool of takeSingleton<Map<string, ModelPool>>(name)?.values() ?? []) pool.close();
}
