import { ApiError, asksForProof, type Problem, refusedWith } from "./api";
import { type Progress, progressMeter } from "./progress-meter";
import { proveAgain } from "./step-up";

type SendOptions = {
  headers: Record<string, string>;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** All bytes are there; the answer comes once they were read. */
  onSent: () => void;
  /** Where the answer itself does not say what went wrong. */
  words: { cut: string; refusedTitle: string; refused: string };
};

/** Posts a file to the API, again from its first byte when the person had to prove who they are. */
export async function sendBytes<T>(path: string, file: Blob, options: SendOptions): Promise<T> {
  try {
    return await sendOnce<T>(path, file, options);
  } catch (error) {
    if (!asksForProof(error) || !(await proveAgain())) throw error;
    return sendOnce<T>(path, file, options);
  }
}

/** Not `fetch`: it cannot tell how much of a body has left. */
function sendOnce<T>(path: string, file: Blob, options: SendOptions): Promise<T> {
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
  const retryAfter = request.getResponseHeader("retry-after");
  return refusedWith(
    { status: request.status, body: readProblem(request.responseText), retryAfter },
    { title: words.refusedTitle, detail: words.refused },
  );
}

function readProblem(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
