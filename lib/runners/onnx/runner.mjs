// One model in a process of its own. The runtime blocks while it computes and takes its process along when it
// crashes, so this process holds nothing else: no settings, no secrets, no sockets but the one to its parent.
import { writeFileSync } from "node:fs";
import os from "node:os";
import { Worker } from "node:worker_threads";
import { fileFault } from "./external-data.mjs";
import { fromHalf, toHalf } from "./half.mjs";

const [file, parentPid, isWarmed] = process.argv.slice(2);

/** Requests are answered first, models compute with what is left. */
const niceness = 5;

/** An answer is read into the memory of the process that answers requests: no input may fill that. */
const answerBytesMax = 16 * 1_048_576;

const types = {
  BOOL: "bool",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP16: "float16",
  FP32: "float32",
  FP64: "float64",
  BYTES: "string",
};
const datatypes = Object.fromEntries(Object.entries(types).map(([datatype, type]) => [type, datatype]));

/** Resolves when it is written: the next run would hold back what of it is not. */
const send = (answer) => new Promise((written) => process.send(answer, undefined, undefined, written));

function stepBack() {
  try {
    os.setPriority(niceness);
    // When the machine runs out of memory, the system ends this process and not the one that answers requests.
    if (process.platform === "linux") writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // A system that does not allow it runs the model all the same.
  }
}

/** While the runtime computes, this thread hears nothing of its parent: another one looks whether it is still there. */
function endWithParent() {
  process.once("disconnect", () => process.exit());
  const watch = `setInterval(() => {
    if (process.ppid !== ${Number(parentPid)}) process.kill(process.pid, "SIGKILL");
  }, 1000);`;
  new Worker(watch, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
}

function toRuntime({ datatype, shape, data }) {
  const numbers = datatype === "FP16" ? Uint16Array.from(data, toHalf) : data;
  return new runtime.Tensor(types[datatype], numbers, shape);
}

/** Newer versions of Node have an array for them. */
const halves = (data) =>
  data instanceof Uint16Array ? Float32Array.from(data, fromHalf) : Float32Array.from(data);

function fromRuntime(name, { type, dims, data }) {
  const numbers = type === "float16" ? halves(data) : data;
  return { name, datatype: datatypes[type], shape: [...dims], data: numbers };
}

const specOf = ({ name, isTensor, type, shape }) => ({
  name,
  datatype: isTensor ? (datatypes[type] ?? null) : null,
  shape: isTensor ? shape.map((size) => (typeof size === "number" ? size : -1)) : [],
});

/** The first run of a session is slow; this one is not anybody's. What is free has the size 1. */
async function warmUp(session) {
  const feeds = {};
  for (const { name, type, shape } of session.inputMetadata) {
    const sizes = shape.map((size) => (typeof size === "number" ? size : 1));
    const length = sizes.reduce((count, size) => count * size, 1);
    feeds[name] =
      type === "string"
        ? new runtime.Tensor("string", Array(length).fill(""), sizes)
        : new runtime.Tensor(type, new arrays[type](length), sizes);
  }
  // Zeros need not suit the model.
  await session.run(feeds).catch(() => {});
}

/** In bytes; a string has 2 for each character. */
function sizeOf(results) {
  let size = 0;
  for (const { data } of Object.values(results)) {
    if (Array.isArray(data)) for (const text of data) size += 8 + text.length * 2;
    else size += data.byteLength;
  }
  return size;
}

async function answer(session, { inputs, outputs }) {
  const startedAt = performance.now();
  try {
    const feeds = {};
    for (const input of inputs) feeds[input.name] = toRuntime(input);
    const results = await (outputs ? session.run(feeds, outputs) : session.run(feeds));
    if (sizeOf(results) > answerBytesMax)
      return await send({
        kind: "failed",
        reason: `The answer would be larger than ${answerBytesMax / 1_048_576} MiB.`,
        isPlain: true,
      });
    const tensors = Object.entries(results).map(([name, tensor]) => fromRuntime(name, tensor));
    await send({ kind: "done", outputs: tensors, ms: performance.now() - startedAt });
  } catch (error) {
    await send({ kind: "failed", reason: String(error?.message ?? error) });
  }
}

stepBack();
endWithParent();

const fault = fileFault(file);
if (fault) {
  await send({ kind: "refused", reason: fault });
  process.exit();
}

const { default: runtime } = await import("onnxruntime-node");
const arrays = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

let session;
try {
  session = await runtime.InferenceSession.create(file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Both keep what a run needed for the next one: memory would grow with every new size of a batch.
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 4,
  });
} catch (error) {
  await send({ kind: "unusable", reason: String(error?.message ?? error).replaceAll(file, "the file") });
  process.exit();
}

await send({
  kind: "loaded",
  inputs: session.inputMetadata.map(specOf),
  outputs: session.outputMetadata.map(specOf),
});
if (isWarmed === "warm") await warmUp(session);

let last = send({ kind: "ready" });
process.on("message", (work) => {
  last = last.then(() => answer(session, work));
});
