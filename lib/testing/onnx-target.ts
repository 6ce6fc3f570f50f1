import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "../infra/env";
import type { Datatype, OnnxTarget, Tensor, TensorData } from "../runners/domain";
import { describeOnnx } from "../runners/onnx/describe";

let count = 0;

/** Puts a model where a runner can read it. */
export function modelFile(content: Uint8Array): string {
  const folder = path.join(env().dataDir, "test-models");
  mkdirSync(folder, { recursive: true });
  count += 1;
  const file = path.join(folder, `model-${count}.onnx`);
  writeFileSync(file, content);
  return file;
}

/** A version of its own that runs this model. */
export async function onnxTarget(content: Uint8Array, limits: Partial<OnnxTarget> = {}): Promise<OnnxTarget> {
  const file = modelFile(content);
  return {
    id: `mdv_test${count}`,
    file,
    ...(await describeOnnx(file)),
    runnersMax: 1,
    queueMax: 1_000,
    memoryMax: 1_024,
    isBatched: true,
    ...limits,
  };
}

export const tensor = (
  name: string,
  datatype: Datatype,
  data: TensorData,
  shape: number[] = [data.length],
): Tensor => ({ name, datatype, shape, data });

/** The processes that run a model: its file is among their arguments. */
export function runnerPids(file: string): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes("runner.mjs") && line.includes(file) && !/^\s*\d+ Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

/** The model's processes once there are so many; fails after some seconds. */
export async function runnersOf(file: string, count: number): Promise<number[]> {
  for (let tries = 0; tries < 200; tries += 1) {
    const pids = runnerPids(file);
    if (pids.length === count) return pids;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${file} has ${runnerPids(file).length} runners instead of ${count}.`);
}
