import { api } from "@/app/_client/api";
import type { TaskView } from "@/lib/tasks/schema";

const path = (id: string, rest = ""): string => `/api/v1/tasks/${encodeURIComponent(id)}${rest}`;

export const readTask = (id: string) => api<TaskView>("GET", path(id));
export const changeTask = (id: string, about: { name: string; note: string }) =>
  api<TaskView>("PUT", path(id), about);
export const cancelTask = (id: string) => api<TaskView>("POST", path(id, "/cancel"));
export const resumeTask = (id: string) => api<TaskView>("POST", path(id, "/resume"));
export const deleteTask = (id: string) => api("DELETE", path(id));

export const resultsHref = (id: string, format: "csv" | "jsonl"): string =>
  path(id, `/results?format=${format}`);
