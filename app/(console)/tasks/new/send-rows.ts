import type { Progress } from "@/app/_client/progress-meter";
import { sendBytes } from "@/app/_client/send-bytes";
import type { TaskEstimate, TaskView } from "@/lib/tasks/schema";
import type { Rows } from "./rows";

export type SendOptions = {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  onSent: () => void;
};

const refusedWords = {
  refusedTitle: "The rows were not taken",
  refused: "The app, or a server in front of it, did not take the rows. There may be too many for it.",
};

function send<T>(
  path: string,
  rows: Rows,
  about: Record<string, string>,
  cut: string,
  options: SendOptions,
): Promise<T> {
  return sendBytes<T>(`${path}?${new URLSearchParams(about)}`, rows.body, {
    ...options,
    words: { ...refusedWords, cut },
    headers: { "content-type": rows.type },
  });
}

const cutCheck =
  "The rows did not all arrive. Check that the app is running and that you are online. If the file was changed meanwhile, choose it again.";

/** Looks at every row and names the price; nothing is charged or kept. Takes what starting takes, a name too. */
export const estimateRows = (rows: Rows, model: string, options: SendOptions): Promise<TaskEstimate> =>
  send("/api/v1/tasks/estimate", rows, { name: "Estimate", model }, cutCheck, options);

export type TaskAbout = { name: string; note: string; model: string };

/** An upload takes no Idempotency-Key, so nobody but a person can tell whether the task is there. */
const cutStart =
  "The connection broke before the answer came, so the task may have started or not. Look at the list of your tasks before you start it again.";

export const startTask = (rows: Rows, about: TaskAbout, options: SendOptions): Promise<TaskView> =>
  send("/api/v1/tasks", rows, about, cutStart, options);
