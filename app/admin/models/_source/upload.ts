import type { z } from "zod";
import type { Progress } from "@/app/_client/progress-meter";
import { sendBytes } from "@/app/_client/send-bytes";
import type { fileView } from "@/lib/models/schema";

export type ModelFile = z.infer<typeof fileView>;

/** What is read whole into memory to be hashed; larger files are sent without, and the answer tells their hash. */
const hashedBytesMax = 64 * 1024 * 1024;

/** So that what arrives can be compared with what was chosen; undefined where the browser cannot do it. */
export async function hashFile(file: File): Promise<string | undefined> {
  // Browsers offer it on https and localhost only.
  if (!crypto.subtle || file.size > hashedBytesMax) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

type UploadOptions = {
  sha256: string | undefined;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  onSent: () => void;
};

const words = {
  cut: "The upload stopped on the way. Check that the app is running and that you are online, then choose the file again.",
  refusedTitle: "The file was not taken",
  refused: "The app, or a server in front of it, did not take the file. It may be too large for it.",
};

export const uploadFile = (file: File, { sha256, ...options }: UploadOptions): Promise<ModelFile> =>
  sendBytes<ModelFile>("/api/v1/admin/model-files", file, {
    ...options,
    words,
    headers: {
      "content-type": "application/octet-stream",
      ...(sha256 ? { "x-content-sha256": sha256 } : {}),
    },
  });
