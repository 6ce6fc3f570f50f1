"use client";

import { type CSSProperties, useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { subscribeToToasts, takeToasts } from "./toast";

const tokens = {
  "--normal-bg": "var(--surface)",
  "--normal-border": "var(--line-strong)",
  "--normal-text": "var(--ink)",
  "--border-radius": "8px",
  "--width": "360px",
} as CSSProperties;

const classNames = {
  toast: "!font-sans !text-sm !shadow-pop",
  title: "!font-medium",
  description: "!text-muted",
  actionButton:
    "!h-7 !rounded-md !border !border-solid !border-line-strong !bg-surface !px-2.5 !text-ink !font-medium hover:!bg-sunken",
  success: "[&_[data-icon]]:!text-success-ink",
  error: "[&_[data-icon]]:!text-danger-ink",
  warning: "[&_[data-icon]]:!text-warning-ink",
  info: "[&_[data-icon]]:!text-accent-ink",
};

export default function ToasterView() {
  useEffect(() => {
    function show() {
      for (const { tone, title, options } of takeToasts()) toast[tone](title, options);
    }
    // Sonner listens since its own effect, which ran before this one.
    show();
    return subscribeToToasts(show);
  }, []);

  return (
    <Sonner position="bottom-right" gap={8} duration={6000} style={tokens} toastOptions={{ classNames }} />
  );
}
