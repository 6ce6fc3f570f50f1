import type { UserActor } from "../../core/actor";
import { getOwnTask, readResults } from "../queries";
import type { TaskResult } from "../schema";
import { csvLine, flatten } from "./flatten-output";

export type Format = "csv" | "jsonl";

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" } as const;
/** More than any spreadsheet shows; what is beyond it is in the other formats. */
const columnsMax = 2_000;

export type ResultFile = { name: string; type: string; stream: ReadableStream<Uint8Array> };

/** All results that are there, in order, as a file: read and written a piece at a time. */
export async function exportResults(actor: UserActor, id: string, format: Format): Promise<ResultFile> {
  const task = await getOwnTask(actor, id);
  const texts = format === "csv" ? asCsv(task.id) : asJsonLines(task.id);
  return { name: `${task.id}.${format}`, type: types[format], stream: streamOf(texts) };
}

async function* asJsonLines(taskId: string): AsyncGenerator<string> {
  for await (const { results } of readResults(taskId))
    if (results.length > 0) yield `${results.map((result) => JSON.stringify(result)).join("\n")}\n`;
}

/** Read twice: which columns there are is known when all rows were seen. */
async function* asCsv(taskId: string): AsyncGenerator<string> {
  const columns = await columnsOf(taskId);
  yield csvLine(["row", "status", ...columns]);
  for await (const { results } of readResults(taskId)) {
    const lines = results.map((result) => csvLine([result.row, result.status, ...cellsOf(result, columns)]));
    if (lines.length > 0) yield lines.join("");
  }
}

async function columnsOf(taskId: string): Promise<string[]> {
  const columns = new Set<string>();
  for await (const { results } of readResults(taskId))
    for (const { status, output } of results) {
      if (status !== "succeeded") continue;
      for (const name of flatten(output).keys()) if (columns.size < columnsMax) columns.add(name);
    }
  return [...columns];
}

function cellsOf({ status, output }: TaskResult, columns: readonly string[]): unknown[] {
  if (status !== "succeeded") return columns.map(() => null);
  const values = flatten(output);
  return columns.map((name) => values.get(name));
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
