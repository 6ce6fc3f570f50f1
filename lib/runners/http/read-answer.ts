import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { invalidAnswer, isUpstreamFault, type UpstreamFault } from "./fault";

/** Of an answer as it travels, and of what is unpacked from it. */
export const answerBytesMax = 8 * 1024 * 1024;

const tooLarge = () =>
  invalidAnswer(`Its answer is larger than the ${answerBytesMax / 1024 / 1024} MiB that are read.`);

const unpackers = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

const unpackedAtOnce = 64 * 1024;

/** It was asked not to pack its answer, but many do all the same. */
function unpack(answer: IncomingMessage): Readable {
  const encoding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "identity" || encoding === "") return answer;
  if (!Object.hasOwn(unpackers, encoding))
    throw invalidAnswer("Its answer is packed in a way that is not known here.");
  const unpacker = unpackers[encoding as keyof typeof unpackers]({ chunkSize: unpackedAtOnce });
  let bytes = 0;
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) unpacker.destroy(tooLarge());
  });
  // Whoever reads the unpacked bytes meets the error; here it has been dealt with.
  pipeline(answer, unpacker, () => {});
  return unpacker;
}

const blockBytes = 2 * 1024;

/**
 * Small chunks are copied together: whoever sends one byte at a time would otherwise make each of them cost a
 * hundred. As text piece by piece, so that nothing is held twice.
 */
async function readText(source: Readable): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const block = Buffer.allocUnsafe(blockBytes);
  let [text, bytes, filled] = ["", 0, 0];
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw tooLarge();
    if (filled + chunk.byteLength > blockBytes) {
      text += decoder.decode(block.subarray(0, filled), { stream: true });
      filled = 0;
    }
    if (chunk.byteLength > blockBytes) text += decoder.decode(chunk, { stream: true });
    else filled += chunk.copy(block, filled);
  }
  return text + decoder.decode(block.subarray(0, filled));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function bodyFault(error: unknown): UpstreamFault {
  if (isUpstreamFault(error)) return error;
  const code = codeOf(error);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return invalidAnswer("Its answer is not valid UTF-8.");
  if (/^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code)) return invalidAnswer("Its answer is packed wrongly.");
  return invalidAnswer("Its answer broke off before it was complete.");
}

/** The body as text, never more of it in memory than the bounds; the connection is closed when it breaks them. */
export async function readAnswer(answer: IncomingMessage): Promise<string> {
  try {
    if (Number(answer.headers["content-length"] ?? 0) > answerBytesMax) throw tooLarge();
    return await readText(unpack(answer));
  } catch (error) {
    answer.destroy();
    throw bodyFault(error);
  }
}
