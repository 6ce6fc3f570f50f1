"use client";

import type { ExternalToast } from "sonner";

type Tone = "message" | "success" | "error" | "warning" | "info";

export type ToastOptions = Pick<ExternalToast, "description" | "action" | "duration" | "id">;
export type QueuedToast = { tone: Tone; title: string; options?: ToastOptions };

let queue: QueuedToast[] = [];
const listeners = new Set<() => void>();

function push(tone: Tone) {
  return (title: string, options?: ToastOptions) => {
    queue = [...queue, { tone, title, options }];
    for (const listener of listeners) listener();
  };
}

/**
 * Undo: `toast("Key renamed", { action: { label: "Undo", onClick } })`.
 * Sonner itself is fetched with the first message: most pages never show one.
 */
export const toast = Object.assign(push("message"), {
  success: push("success"),
  error: push("error"),
  warning: push("warning"),
  info: push("info"),
});

export function takeToasts(): QueuedToast[] {
  const taken = queue;
  queue = [];
  return taken;
}

export function readToasts(): QueuedToast[] {
  return queue;
}

export function subscribeToToasts(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
