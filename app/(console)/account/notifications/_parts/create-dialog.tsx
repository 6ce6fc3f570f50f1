"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { SecretDialog } from "./secret-dialog";
import { createWebhook, type WebhookBody, type WebhookWithSecret } from "./webhook-calls";
import { WebhookForm } from "./webhook-form";
import { eventWords, hostOf } from "./webhook-words";

const formId = "create-webhook";
const initial: WebhookBody = { url: "", events: eventWords.map(({ value }) => value) };

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret>();

  /** Not before: the list that appears would take the dialog away, and with it a secret nobody has stored. */
  function close() {
    onClose();
    if (made) router.refresh();
  }

  return (
    <SecretDialog
      made={made && { title: `The webhook to ${hostOf(made.webhook.url)} is made`, secret: made.secret }}
      onClose={close}
      isLocked={isBusy}
      title="Create a webhook"
      description="You see the secret that its messages are signed with once, in the next step."
      footer={
        <>
          <Button onClick={close} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Create webhook
          </Button>
        </>
      }
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
