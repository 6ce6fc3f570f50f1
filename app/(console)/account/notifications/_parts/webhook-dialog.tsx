"use client";

import type { WebhookView } from "@/lib/webhooks/schema";
import { CreateDialog } from "./create-dialog";
import { DeleteDialog } from "./delete-dialog";
import { EditDialog } from "./edit-dialog";
import { RollWebhookDialog } from "./roll-webhook-dialog";
import { TestDialog } from "./test-dialog";

export type WebhookAction = "edit" | "test" | "roll" | "delete";
export type WebhookChoice = { action: "create" } | { action: WebhookAction; row: WebhookView };

type WebhookDialogProps = { choice: WebhookChoice; onClose: () => void };

/** One door to all dialogs about webhooks, fetched when the first one is wanted. */
export function WebhookDialog({ choice, onClose }: WebhookDialogProps) {
  if (choice.action === "create") return <CreateDialog onClose={onClose} />;
  const { action, row } = choice;
  if (action === "edit") return <EditDialog row={row} onClose={onClose} />;
  if (action === "test") return <TestDialog row={row} onClose={onClose} />;
  if (action === "roll") return <RollWebhookDialog row={row} onClose={onClose} />;
  return <DeleteDialog row={row} onClose={onClose} />;
}
