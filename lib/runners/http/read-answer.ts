import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { invalidAnswer, UpstreamFault } from "./fault";

/** As it travels, and unpacked. */
export const rawBytesMax = 8 * 1024 * 1024;
export const plainBytesMax = 16 * 1024 * 1024;

const tooLarge = (bytesMax: number) =>
  invalidAnswer(`Its answer is larger than the ${bytesMax / 1024 / 1024} MiB that are read.`);

const unpackers = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** It was asked not to pack its answer, but many do all the same. */
function unpackerFor(answer: IncomingMessage) {
  const encoding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return [];
  const make = Object.hasOwn(unpackers, encoding)
    ? unpackers[encoding as keyof typeof unpackers]
    : undefined;
  if (!make) throw invalidAnswer("Its answer is packed in a way that is not known here.");
  return [make()];
}

const bounded = (bytesMax: number) =>
  async function* count(source: AsyncIterable<Buffer>) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw tooLarge(bytesMax);
      yield chunk;
    }
  };

const blockBytes = 64 * 1024;

/**
 * Copies into blocks: whoever sends one byte at a time would otherwise make each of them cost a hundred. As text
 * piece by piece, so that nothing is held twice.
 */
async function readText(source: AsyncIterable<Buffer>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  let text = "";
  for await (const chunk of source)
    for (let done = 0; done < chunk.byteLength; ) {
      const copied = chunk.copy(block, filled, done);
      filled += copied;
      done += copied;
      if (filled < blockBytes) continue;
      text += decoder.decode(block, { stream: true });
      filled = 0;
    }
  return text + decoder.decode(block.subarray(0, filled));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function bodyFault(error: unknown): UpstreamFault {
  if (error instanceof UpstreamFault) return error;
  const code = codeOf(error);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return invalidAnswer("Its answer is not valid UTF-8.");
  if (/^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code)) return invalidAnswer("Its answer is packed wrongly.");
  return invalidAnswer("Its answer broke off before it was complete.");
}

/** The body as text, never more of it in memory than the bounds; the connection is closed when it breaks them. */
export async function readAnswer(answer: IncomingMessage): Promise<string> {
  try {
    if (Number(answer.headers["content-length"] ?? 0) > rawBytesMax) throw tooLarge(rawBytesMax);
    let text = "";
    await pipeline(
      answer,
      bounded(rawBytesMax),
      ...unpackerFor(answer),
      bounded(plainBytesMax),
      async (source: AsyncIterable<Buffer>) => {
        text = await readText(source);
      },
    );
    return text;
  } catch (error) {
    answer.destroy();
    throw bodyFault(error);
  }
}
