"use client";

import { RollDialog } from "@/app/_client/roll-dialog";
import type { WebhookView } from "@/lib/webhooks/schema";
import { rollWebhook, type WebhookOverlap } from "./webhook-calls";
import { webhookSecret } from "./webhook-secret";
import { hostOf } from "./webhook-words";

const choices: readonly { value: WebhookOverlap; label: string; text: string; note: string }[] = [
  {
    value: 0,
    label: "No time at all",
    text: "When somebody else may have the old one.",
    note: "The old secret signs nothing any more.",
  },
  {
    value: 3_600,
    label: "1 hour",
    text: "You exchange it right now.",
    note: "For one more hour every message is signed with both, so your program can check either.",
  },
  {
    value: 86_400,
    label: "1 day",
    text: "Time to exchange it without a pause.",
    note: "For one more day every message is signed with both, so your program can check either.",
  },
];

type RollWebhookDialogProps = { row: WebhookView; onClose: () => void };

export function RollWebhookDialog({ row, onClose }: RollWebhookDialogProps) {
  return (
    <RollDialog
      kind={webhookSecret}
      title="Roll the secret"
      description={`Makes a new secret for the messages to ${hostOf(row.url)}. The old one signs beside it for a while, so that your program never refuses a message while you exchange it.`}
      legend="How long the old one still signs"
      choices={choices}
      initial={86_400}
      submitLabel="Roll secret"
      newTitle={`The new secret for ${hostOf(row.url)}`}
      roll={(overlap) => rollWebhook(row.id, overlap)}
      onClose={onClose}
    />
  );
}
