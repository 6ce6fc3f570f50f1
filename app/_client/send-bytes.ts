import { ApiError, type Problem, sessionEndedEvent } from "./api";
import { type Progress, progressMeter } from "./progress-meter";

type SendOptions = {
  headers: Record<string, string>;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** All bytes are there; the answer comes once they were read. */
  onSent: () => void;
  /** Where the answer itself does not say what went wrong. */
  words: { cut: string; refusedTitle: string; refused: string };
};

/** Posts a file to the API. Not `fetch`: it cannot tell how much of a body has left. */
export function sendBytes<T>(path: string, file: Blob, options: SendOptions): Promise<T> {
  const { headers, signal, onProgress, onSent, words } = options;
  const request = new XMLHttpRequest();
  const measure = progressMeter(file.size, performance.now());
  request.open("POST", path);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded }) => onProgress(measure(loaded, performance.now()));
  request.upload.onload = onSent;
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText));
      reject(errorIn(request, words));
    };
    request.onerror = () => reject(new ApiError(cutOff(words.cut)));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.send(file);
  });
}

/** A refused upload can look like this too: the app answers and hangs up before all has been sent. */
const cutOff = (detail: string): Problem => ({
  status: 0,
  code: "client.offline",
  title: "The connection broke",
  detail,
});

function errorIn(request: XMLHttpRequest, words: SendOptions["words"]): ApiError {
  const body = readProblem(request.responseText);
  const retryAfter = Number(request.getResponseHeader("retry-after"));
  const error = new ApiError({
    status: request.status,
    code: body.code ?? "service.error",
    title: body.title ?? words.refusedTitle,
    detail: body.detail ?? words.refused,
    ...(body.request_id ? { request_id: body.request_id } : {}),
    ...(body.errors ? { errors: body.errors } : {}),
    ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
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
