"use client";

import { useLate } from "@/app/_components/use-late";
import type { WebhookChoice } from "./_parts/webhook-dialog";

const load = () => import("./_parts/webhook-dialog");

/** Fetched when the pointer or the focus comes near. */
export function useWebhookDialog() {
  const { opened, open, close } = useLate<typeof load, WebhookChoice>(load);
  return {
    near: { onPointerEnter: load, onFocus: load },
    open,
    dialog: opened && <opened.module.WebhookDialog choice={opened.subject} onClose={close} />,
  };
}
