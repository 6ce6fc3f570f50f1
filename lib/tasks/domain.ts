export const taskStates = ["queued", "running", "cancelling", "succeeded", "failed", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];

/** Nothing more happens to it by itself. */
export const isOver = (state: TaskState): boolean =>
  state === "succeeded" || state === "failed" || state === "cancelled";
