import { AppError, invalid } from "../core/errors";
import type { Incoming } from "../models/files";
import type { Upload } from "../tasks/commands/read-upload";

/** The body as it comes in, and what its headers say about it. */
export function incomingFile({ body, headers }: Request): Incoming {
  if (!body) throw new AppError("request.malformed", { detail: "There is no file in the body." });
  const length = headers.get("content-length");
  return {
    body: body as unknown as AsyncIterable<Uint8Array>,
    bytes: length === null ? null : Number(length),
    sha256: announcedDigest(headers),
  };
}

function announcedDigest(headers: Headers): string | null {
  const digest = headers.get("x-content-sha256");
  if (digest === null || /^[0-9a-f]{64}$/i.test(digest)) return digest;
  throw invalid("/x-content-sha256", "This is no SHA-256.", "Send 64 hex digits, or leave the header out.");
}

/** Rows of a task as they come in. */
export const incomingRows = ({ body, headers }: Request): Upload => ({
  type: headers.get("content-type") ?? "",
  body: body as unknown as AsyncIterable<Uint8Array> | null,
});
