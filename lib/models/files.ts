import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "../core/errors";
import { randomBase62 } from "../core/ids";
import { secondMs } from "../core/time";
import { env } from "../infra/env";
import { singleton } from "../infra/singleton";

const uploadsMax = 3;
/** Nothing came for so long: whoever sends is gone, and others may want the place. */
const silenceMs = 30 * secondMs;
/** What an upload may not eat up: the database lies on the same disk. */
const spareBytes = 64 * 1024 * 1024;
const partEnd = ".part";

const folder = (): string => path.join(env().dataDir, "models");

/** Where the file with this SHA-256 is, if it is there. */
export const modelFile = (sha256: string): string => path.join(folder(), sha256);

export type Incoming = {
  body: AsyncIterable<Uint8Array>;
  /** What the sender announced; null where nothing was. */
  bytes: number | null;
  sha256: string | null;
};
export type Received = { part: string; sha256: string; bytes: number };

/**
 * Writes what comes in to a file of its own, never more of it in memory than a few pieces, and on to the disk
 * itself before it is answered. Whoever gets the answer places or removes the file; on an error it is gone.
 */
export async function receiveFile(incoming: Incoming): Promise<Received> {
  const { body, bytes } = incoming;
  const { modelBytesMax } = env();
  if (bytes !== null && bytes > modelBytesMax) throw tooLarge(modelBytesMax);
  const uploads = singleton("uploads", () => ({ running: 0 }));
  if (uploads.running >= uploadsMax)
    throw new AppError("service.unavailable", {
      detail: `${uploadsMax} files are being uploaded already. Try again when one of them is done.`,
      retryAfterSeconds: 10,
    });
  uploads.running += 1;
  const part = path.join(folder(), `${randomBase62(20)}${partEnd}`);
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    await assertRoomFor(bytes ?? 0);
    const { sha256, size } = await writePart(body, part, modelBytesMax);
    assertComplete(incoming, sha256, size);
    return { part, sha256, bytes: size };
  } catch (error) {
    await removePart(part);
    throw readable(error);
  } finally {
    uploads.running -= 1;
  }
}

async function writePart(body: AsyncIterable<Uint8Array>, part: string, bytesMax: number) {
  const hash = createHash("sha256");
  let size = 0;
  async function* measured() {
    for await (const piece of unbroken(body)) {
      size += piece.byteLength;
      if (size > bytesMax) throw tooLarge(bytesMax);
      hash.update(piece);
      yield piece;
    }
  }
  // Opened before anything can fail: a stream that opens it itself may still do so after the part was removed.
  const file = await open(part, "wx", 0o600);
  await pipeline(measured, file.createWriteStream({ flush: true }));
  return { sha256: hash.digest("hex"), size };
}

/** The pieces of a body. Whatever a connection says when it breaks is one error, and so is a long silence. */
async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  let end = (_: unknown) => {};
  const timer = setTimeout(() => end(new Error("the sender fell silent")), silenceMs);
  // Not a race with one promise for all pieces: that one would hold on to every piece until the last is in.
  const next = () =>
    new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
      timer.refresh();
      end = (cause) => {
        const detail =
          "The upload ended before the whole file had arrived, so nothing was kept. Send it again.";
        reject(cutShort(detail, cause));
      };
      pieces.next().then(resolve, end);
    });
  try {
    for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
  } finally {
    clearTimeout(timer);
    // Not waited for: it comes after the piece that is still awaited.
    pieces.return?.().catch(() => {});
  }
}

function assertComplete({ bytes, sha256: announced }: Incoming, sha256: string, size: number): void {
  if (size === 0) throw cutShort("The upload was empty.");
  if (bytes !== null && size !== bytes)
    throw cutShort(`Only ${size} of ${bytes} bytes arrived, so nothing was kept.`);
  if (announced !== null && announced.toLowerCase() !== sha256)
    throw new AppError("model.digest_mismatch", {
      detail: `The file that arrived has the SHA-256 ${sha256}, and ${announced.toLowerCase()} was announced.`,
    });
}

/** Gives a received file its name. The same file twice is one file. */
export async function placeFile({ part, sha256 }: Received): Promise<void> {
  await rename(part, modelFile(sha256));
  const directory = await open(folder());
  await directory.sync().finally(() => directory.close());
}

export const removePart = (part: string): Promise<void> => rm(part, { force: true });

export async function fileBytes(sha256: string): Promise<number | null> {
  const found = await stat(modelFile(sha256)).catch(() => null);
  return found?.size ?? null;
}

/** Removes what was last written before `before` and is either no whole file or not in `used`. */
export async function removeFiles(used: ReadonlySet<string>, before: Date): Promise<void> {
  const names = await readdir(folder()).catch(() => []);
  for (const name of names) {
    if (used.has(name)) continue;
    const file = path.join(folder(), name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile() && found.mtime < before) await rm(file, { force: true });
  }
}

async function assertRoomFor(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder());
  if (bavail * bsize < bytes + spareBytes) throw diskFull();
}

const tooLarge = (bytesMax: number): AppError =>
  new AppError("request.too_large", {
    detail: `A model file has at most ${bytesMax} bytes here. MODEL_BYTES_MAX sets the bound.`,
  });

const cutShort = (detail: string, cause?: unknown): AppError =>
  new AppError("request.malformed", { detail, cause });

const diskFull = (cause?: unknown): AppError =>
  new AppError("service.unavailable", {
    detail: "There is not enough room on the disk for this file. Nothing was kept.",
    retryAfterSeconds: 60,
    cause,
  });

const fullCodes = ["ENOSPC", "EDQUOT", "EFBIG"];

/** What the disk says, in a sentence for whoever uploads. */
function readable(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return fullCodes.includes(code) ? diskFull(error) : error;
}
