import type { Progress } from "@/app/_client/progress-meter";
import { sendBytes } from "@/app/_client/send-bytes";
import type { TaskEstimate, TaskView } from "@/lib/tasks/schema";
import type { Rows } from "./rows";

export type SendOptions = {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  onSent: () => void;
};

const words = {
  cut: "The rows did not all arrive. Check that the app is running and that you are online. If the file was changed meanwhile, choose it again.",
  refusedTitle: "The rows were not taken",
  refused: "The app, or a server in front of it, did not take the rows. There may be too many for it.",
};

function send<T>(
  path: string,
  rows: Rows,
  about: Record<string, string>,
  headers: Record<string, string>,
  options: SendOptions,
): Promise<T> {
  return sendBytes<T>(`${path}?${new URLSearchParams(about)}`, rows.body, {
    ...options,
    words,
    headers: { "content-type": rows.type, ...headers },
  });
}

/** Looks at every row and names the price; nothing is charged or kept. Takes what starting takes, a name too. */
export const estimateRows = (rows: Rows, model: string, options: SendOptions): Promise<TaskEstimate> =>
  send("/api/v1/tasks/estimate", rows, { name: "Estimate", model }, {}, options);

export type TaskAbout = { name: string; note: string; model: string };

/** `key`: the same for every try, so that two of them make one task. */
export const startTask = (
  rows: Rows,
  about: TaskAbout,
  key: string,
  options: SendOptions,
): Promise<TaskView> => send("/api/v1/tasks", rows, about, { "idempotency-key": key }, options);
