import { AppError } from "../../core/errors";
import { env } from "../../infra/env";
import type { LiveVersion } from "../../models/queries";
import type { Gathering } from "./gather-rows";
import { readCsv } from "./read-csv";
import { readJsonLines } from "./read-json-lines";

/** Of a list of rows as JSON, which is in memory as a whole. */
export const taskJsonBytesMax = 8 * 1024 * 1024;
/** Of a body of either kind. */
export const taskBytesMax = (): number => Math.max(env().taskBytesMax, taskJsonBytesMax);

export const uploadTypes = ["text/csv", "application/x-ndjson", "application/jsonl"] as const;

/** A file that comes in, and what its header says it is. */
export type Upload = { type: string; body: AsyncIterable<Uint8Array> | null };

/** Reads a file of rows while it comes in. */
export function readUpload(upload: Upload, version: LiveVersion, gathering: Gathering): Promise<void> {
  const texts = textsOf(upload);
  return upload.type.trim().toLowerCase().startsWith("text/csv")
    ? readCsv(texts, version, gathering)
    : readJsonLines(texts, gathering);
}

/** Small enough for a parser to be done with one in a moment. */
const textLength = 4 * 1024;

async function* textsOf({ body }: Upload): AsyncGenerator<string> {
  if (!body) return;
  // The mark that some programs write in front of UTF-8 is dropped.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const bytesMax = env().taskBytesMax;
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax)
      throw new AppError("request.too_large", { detail: `A file of rows has at most ${bytesMax} bytes.` });
    for (let start = 0; start < chunk.byteLength; start += textLength)
      yield decoded(decoder, chunk.subarray(start, start + textLength));
  }
  yield decoded(decoder);
}

function decoded(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch (cause) {
    throw new AppError("request.malformed", { detail: "The file is not valid UTF-8.", cause });
  }
}
