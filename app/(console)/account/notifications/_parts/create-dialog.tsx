"use client";

import { useState } from "react";
import { SecretDialog } from "@/app/_client/secret-dialog";
import { Button } from "@/app/_components/button";
import { createWebhook, type WebhookBody, type WebhookWithSecret } from "./webhook-calls";
import { WebhookForm } from "./webhook-form";
import { webhookSecret } from "./webhook-secret";
import { eventWords, hostOf } from "./webhook-words";

const formId = "create-webhook";
const initial: WebhookBody = { url: "", events: eventWords.map(({ value }) => value) };

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret>();

  return (
    <SecretDialog
      kind={webhookSecret}
      made={made && { title: `The webhook to ${hostOf(made.webhook.url)} is made`, secret: made.secret }}
      title="Create a webhook"
      description="You see the secret that its messages are signed with once, in the next step."
      submit={
        <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
          Create webhook
        </Button>
      }
      isBusy={isBusy}
      onClose={onClose}
    >
      <WebhookForm
        id={formId}
        initial={initial}
        onBusy={setIsBusy}
        send={async (body) => setMade(await createWebhook(body))}
      />
    </SecretDialog>
  );
}
