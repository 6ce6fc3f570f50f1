"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { FormError } from "@/app/_components/form-error";
import { ChoiceCard } from "@/app/(console)/keys/_parts/choice-card";
import type { WebhookView } from "@/lib/webhooks/schema";
import { SecretDialog } from "./secret-dialog";
import { rollWebhook, type WebhookOverlap, type WebhookWithSecret } from "./webhook-calls";
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

type RollDialogProps = { row: WebhookView; onClose: () => void };

export function RollDialog({ row, onClose }: RollDialogProps) {
  const router = useRouter();
  const [overlap, setOverlap] = useState<WebhookOverlap>(86_400);
  const [made, setMade] = useState<WebhookWithSecret>();
  const { failure, isBusy, runOnce } = useRunOnce();
  const roll = () => runOnce(async () => setMade(await rollWebhook(row.id, overlap)));

  function close() {
    onClose();
    if (made) router.refresh();
  }

  return (
    <SecretDialog
      made={
        made && {
          title: `The new secret for ${hostOf(row.url)}`,
          secret: made.secret,
          note: choices.find(({ value }) => value === overlap)?.note,
        }
      }
      onClose={close}
      isLocked={isBusy}
      title="Roll the secret"
      description={`Makes a new secret for the messages to ${hostOf(row.url)}. The old one signs beside it for a while, so that your program never refuses a message while you exchange it.`}
      footer={
        <>
          <Button onClick={close} disabled={isBusy}>
            Cancel
          </Button>
          <Button variant="primary" onClick={roll} isBusy={isBusy}>
            Roll secret
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <fieldset className="space-y-1.5">
          <legend className="font-medium">How long the old one still signs</legend>
          <div className="grid gap-2 pt-1.5">
            {choices.map(({ value, label, text }) => (
              <ChoiceCard
                key={value}
                value={String(value)}
                label={label}
                text={text}
                radio={{
                  name: "overlap",
                  checked: overlap === value,
                  onChange: () => setOverlap(value),
                  ...(overlap === value ? { "data-autofocus": true } : {}),
                }}
              />
            ))}
          </div>
        </fieldset>
        <FormError message={failure} />
      </div>
    </SecretDialog>
  );
}
