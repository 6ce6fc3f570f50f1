import type { AdminModel } from "../_parts/model-words";

export type LimitName = Exclude<keyof AdminModel["limits"], "is_batched">;
export type LimitWords = {
  name: LimitName;
  label: string;
  unit: string;
  least: number;
  most: number;
  /** What it protects from, in one sentence. */
  text: string;
  /** Of no use to a service that runs elsewhere. */
  isOfFiles?: boolean;
};

/** The bounds are those of the API, which has the last word. */
export const limitWords: readonly LimitWords[] = [
  {
    name: "timeout_ms",
    label: "Longest call",
    unit: "milliseconds",
    least: 50,
    most: 300_000,
    text: "A call that takes longer is stopped and answered with an error, so that a model that hangs holds nobody up.",
  },
  {
    name: "rows_max",
    label: "Rows in one call",
    unit: "rows",
    least: 1,
    most: 1_000,
    text: "More at once are refused, so that one caller cannot keep the model from all others.",
  },
  {
    name: "queue_max",
    label: "Calls that may wait",
    unit: "calls",
    least: 1,
    most: 10_000,
    text: "One more is told to come back later, so that a rush ends in honest refusals instead of endless waiting.",
  },
  {
    name: "runners_max",
    label: "Processes at once",
    unit: "processes",
    least: 1,
    most: 16,
    text: "More answer more calls at the same time and need more memory; more than this machine has processor cores rarely helps.",
    isOfFiles: true,
  },
  {
    name: "memory_max_mb",
    label: "Memory of one process",
    unit: "MiB",
    least: 64,
    most: 65_536,
    text: "A process that takes more is stopped and started anew, so that a model that leaks does not take the machine down.",
    isOfFiles: true,
  },
];
