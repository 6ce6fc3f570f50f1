import type { z } from "zod";
import { ApiError, type Problem, sessionEndedEvent } from "@/app/_client/api";
import type { fileView } from "@/lib/models/schema";
import { type Progress, progressMeter } from "./progress-meter";

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
  /** All bytes are there; the answer comes once the file was read. */
  onSent: () => void;
};

/** Not `fetch`: it cannot tell how much of a body has left. */
export function uploadFile(file: File, options: UploadOptions): Promise<ModelFile> {
  const { sha256, signal, onProgress, onSent } = options;
  const request = new XMLHttpRequest();
  const measure = progressMeter(file.size, performance.now());
  request.open("POST", "/api/v1/admin/model-files");
  request.setRequestHeader("content-type", "application/octet-stream");
  if (sha256) request.setRequestHeader("x-content-sha256", sha256);
  request.upload.onprogress = ({ loaded }) => onProgress(measure(loaded, performance.now()));
  request.upload.onload = onSent;
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText));
      reject(errorIn(request));
    };
    request.onerror = () => reject(new ApiError(cut));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.send(file);
  });
}

/** A refused upload can look like this too: the app answers and hangs up before all has been sent. */
const cut: Problem = {
  status: 0,
  code: "client.offline",
  title: "The connection broke",
  detail:
    "The upload stopped on the way. Check that the app is running and that you are online, then choose the file again.",
};

function errorIn(request: XMLHttpRequest): ApiError {
  const body = readProblem(request.responseText);
  const error = new ApiError({
    status: request.status,
    code: body.code ?? "service.error",
    title: body.title ?? "The file was not taken",
    detail:
      body.detail ??
      "The app, or a server in front of it, did not take the file. It may be too large for it.",
    ...(body.request_id ? { request_id: body.request_id } : {}),
    ...(body.errors ? { errors: body.errors } : {}),
  });
  if (error.problem.code === "auth.required") window.dispatchEvent(new Event(sessionEndedEvent));
  return error;
}

function readProblem(text: string): Partial<Problem> {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    return {};
  }
}
