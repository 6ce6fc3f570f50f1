import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { env } from "../../infra/env";
import { singleton } from "../../infra/singleton";
import { countOf, type Datatype, datatypes, emptyData, type Tensor } from "../domain";
import { readMemory } from "./memory";

export type Work = { inputs: readonly Tensor[]; outputs: readonly string[] | undefined };
/** `datatype` is null where the model wants or gives something that is no tensor, or one of an unknown kind. */
export type LoadedSpec = { name: string; datatype: Datatype | null; shape: number[] };
/** `isPlain`: the reason is a sentence of ours and not one of the runtime. */
export type Answer =
  | { kind: "done"; outputs: Tensor[]; ms: number }
  | { kind: "failed"; reason: string; isPlain?: boolean };
type Message =
  | Answer
  | { kind: "refused" | "unusable"; reason: string }
  | { kind: "loaded"; inputs: LoadedSpec[]; outputs: LoadedSpec[] }
  | { kind: "ready" };

/** Why a process is gone: the file is not taken, the runtime cannot load it, what it used, or how it ended. */
export type End = { kind: "refused" | "unusable" | "memory" | "exit"; reason: string };

type Handlers = {
  onLoaded?(inputs: LoadedSpec[], outputs: LoadedSpec[]): void;
  onReady?(): void;
  onAnswer?(answer: Answer): void;
  onEnd(end: End): void;
};

/** What V8 may use of it; tensors live outside of that. */
const heapMebibytesMax = 256;
const lastWordsMax = 2_000;

/** Every process that lives, so that none outlives this one, however it ends. */
const living = () =>
  singleton("onnx-processes", () => {
    const processes = new Set<ChildProcess>();
    process.once("exit", () => {
      for (const child of processes) child.kill("SIGKILL");
    });
    return processes;
  });

/** A folder with nothing in it, for processes to be in. */
function emptyFolder(): string {
  const folder = path.join(env().dataDir, "runners");
  mkdirSync(folder, { recursive: true, mode: 0o500 });
  return folder;
}

/** One process with one model; it answers what it is sent in the order in which it was sent. */
export class Runner {
  memoryBytes = 0;
  private readonly child: ChildProcess;
  private readonly handlers: Handlers;
  private readonly memoryMax: number;
  private lastWords = "";
  private saidOfFile: End | null = null;
  private isOver = false;

  constructor(
    options: { file: string; memoryMax: number; isWarmed: boolean; startMsMax: number },
    handlers: Handlers,
  ) {
    this.handlers = handlers;
    this.memoryMax = options.memoryMax;
    const program = path.join(/* turbopackIgnore: true */ env().root, "lib/runners/onnx/runner.mjs");
    this.child = fork(program, [options.file, String(process.pid), options.isWarmed ? "warm" : "cold"], {
      // Nothing of ours: a model that takes over its process finds no secret there. And without this word the runtime
      // tells its makers about every model, and keeps files of that beside the user's own.
      env: { NODE_ENV: "production", ORT_DISABLE_TELEMETRY: "1" },
      cwd: emptyFolder(),
      execArgv: [`--max-old-space-size=${Math.min(options.memoryMax, heapMebibytesMax)}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.listen(options.startMsMax);
  }

  send(work: Work): void {
    // That it cannot be written is known from its end.
    this.child.send(work, () => {});
  }

  /** Ends it at once; nothing that it still says is heard. */
  stop(): void {
    this.isOver = true;
    this.child.kill("SIGKILL");
  }

  /** Lets this process wait for it to end. */
  hold(): void {
    this.child.ref();
  }

  /** Looks at how much it holds, and ends it when that is too much. */
  watchMemory(): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    readMemory(pid, (bytes) => {
      this.memoryBytes = bytes;
      if (bytes > this.memoryMax * 1_048_576)
        this.end({
          kind: "memory",
          reason: `It used more than the ${this.memoryMax} MiB of memory it may use.`,
        });
    });
  }

  private listen(startMsMax: number): void {
    const { child } = this;
    living().add(child);
    const starting = setTimeout(
      () => this.end({ kind: "exit", reason: `It was not ready after ${startMsMax / 1000} seconds.` }),
      startMsMax,
    ).unref();
    const watching = setInterval(() => this.watchMemory(), 50).unref();
    const settled = () => {
      clearTimeout(starting);
      clearInterval(watching);
    };
    child.on("message", (message: Message) => {
      if (message?.kind === "ready") settled();
      if (!this.isOver) this.hear(message);
    });
    child.stderr?.on("data", (text: Buffer) => {
      this.lastWords = (this.lastWords + text.toString("utf8")).slice(-lastWordsMax);
    });
    // Answers it gave before it died may still be on their way: only after both events has everything arrived.
    let events = 0;
    const gone = (code: number | null, signal: string | null) => {
      settled();
      living().delete(child);
      this.end(this.saidOfFile ?? { kind: "exit", reason: exitReason(code, signal, this.lastWords) });
    };
    const oneOfTwo = () => {
      events += 1;
      if (events === 2) gone(child.exitCode, child.signalCode);
    };
    child.once("exit", () => {
      settled();
      living().delete(child);
      oneOfTwo();
    });
    child.once("disconnect", oneOfTwo);
    child.once("error", () => child.pid === undefined && gone(null, null));
    // A process without work must not keep this one from ending: whoever waits for an answer holds a timer.
    child.unref();
    child.channel?.unref();
    (child.stderr as { unref?(): void } | null)?.unref?.();
  }

  private hear(message: Message): void {
    switch (message?.kind) {
      case "refused":
      case "unusable":
        this.saidOfFile = message;
        break;
      case "loaded":
        this.handlers.onLoaded?.(message.inputs, message.outputs);
        break;
      case "ready":
        this.watchMemory();
        if (!this.isOver) this.handlers.onReady?.();
        break;
      default:
        if (message && isAnswer(message)) this.handlers.onAnswer?.(message);
        else this.end({ kind: "exit", reason: "It answered something that cannot be used." });
    }
  }

  private end(end: End): void {
    if (this.isOver) return;
    this.stop();
    this.handlers.onEnd(end);
  }
}

const arrays = new Map(datatypes.map((datatype) => [datatype, emptyData(datatype, 0).constructor]));

/** A process that a model took over may send anything; what is passed on is what it is said to be. */
const isTensor = (output: Partial<Tensor> | null): boolean =>
  typeof output?.name === "string" &&
  output.datatype !== undefined &&
  output.data?.constructor === arrays.get(output.datatype) &&
  Array.isArray(output.shape) &&
  output.data?.length === countOf(output.shape);

const isAnswer = (message: Answer): boolean =>
  (message.kind === "failed" && typeof message.reason === "string") ||
  (message.kind === "done" && Array.isArray(message.outputs) && message.outputs.every(isTensor));

function exitReason(code: number | null, signal: string | null, lastWords: string): string {
  const how =
    signal !== null
      ? `ended by the signal ${signal}`
      : code === null
        ? "could not be started"
        : `ended with the code ${code}`;
  const words = lastWords.trim();
  return `The process ${how}.${words ? ` Its last words: ${words.slice(-300)}` : ""}`;
}
