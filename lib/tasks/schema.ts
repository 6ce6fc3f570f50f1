import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { modelName, plainText } from "../core/text";
import { taskStates } from "./domain";

/** Of the rows of all tasks; a file or a list has at most so many. */
export const taskRowsMax = 100_000;

const versionChoice = z.union([
  z.number().int().min(1),
  z.string().regex(/^(stable|next|[1-9]\d{0,8})$/, "Write stable, next or the number of a version."),
]);
const note = z.union([z.literal(""), plainText(500)]);

const about = {
  name: plainText(100),
  note: note.default(""),
  model: modelName,
  version: versionChoice.optional(),
};

/** As JSON, all at once; what the model asks of a row is checked against its signature. */
export const createTaskBody = z.strictObject({
  ...about,
  inputs: z
    .array(z.record(z.string(), z.unknown()))
    .min(1, "Send at least one row.")
    .max(taskRowsMax, `At most ${taskRowsMax} rows in a task.`),
});
export type CreateTask = z.output<typeof createTaskBody>;

/** Beside an uploaded file, which is the body: CSV with a line of names, or a JSON object per line. */
export const uploadTaskQuery = z.strictObject(about);
export type TaskAbout = z.output<typeof uploadTaskQuery>;

export const putTaskBody = z.strictObject({ name: plainText(100), note });

export const taskQuery = z.strictObject({ ...pageQuery, state: z.enum(taskStates).optional() });
export type TaskQuery = z.output<typeof taskQuery>;

const money = z.number();

export const taskView = z.strictObject({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  model: z.string(),
  version: z.number(),
  state: z.enum(taskStates),
  /** Of one that failed: the code of the error, and a sentence. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
  rows: z.number(),
  rows_done: z.number(),
  rows_failed: z.number(),
  /** Rows in a second, and how long the rest will take; null before anything is known. */
  rows_per_second: z.number().nullable(),
  seconds_left: z.number().nullable(),
  usage: z.strictObject({ units: z.number(), cost: money, cost_max: money, currency: z.string() }),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  expires_at: z.string(),
});
export type TaskView = z.infer<typeof taskView>;
export const taskPageView = pageOf(taskView);

/** What is wrong with a row: rows count from 1, as in the file below its line of names. */
export const rowFault = z.strictObject({
  row: z.number(),
  pointer: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type RowFault = z.infer<typeof rowFault>;

/** What would become of it: faults, or the price, how long it may take and whether it would be let in. */
export const taskEstimateView = z.strictObject({
  model: z.string(),
  version: z.number(),
  rows: z.number(),
  /** The first hundred of them, and how many rows have one. */
  faults: z.array(rowFault),
  rows_faulty: z.number(),
  units: z.number(),
  cost: money,
  /** Never more than this; differs where milliseconds or tokens cost something. */
  cost_max: money,
  currency: z.string(),
  /** Null when nothing is known of the model's speed yet. */
  seconds: z.number().nullable(),
  would_pass: z.boolean(),
  /** Why not: the code and the sentence of the refusal. */
  reason: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
});
export type TaskEstimate = z.infer<typeof taskEstimateView>;

/** `?format=`: all rows that are done, in order; JSON is paged, CSV and JSONL are whole and streamed. */
export const taskResultsQuery = z.strictObject({
  ...pageQuery,
  format: z.enum(["json", "csv", "jsonl"]).default("json"),
});
export const taskResultView = z.strictObject({
  row: z.number(),
  status: z.enum(["succeeded", "failed"]),
  code: z.string().nullable(),
  output: z.unknown().nullable(),
});
export const taskResultPageView = pageOf(taskResultView);
export type TaskResult = z.infer<typeof taskResultView>;
