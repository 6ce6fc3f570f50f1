"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { toast } from "@/app/_components/toast";
import type { WebhookView } from "@/lib/webhooks/schema";
import { changeWebhook, type WebhookBody } from "./webhook-calls";
import { WebhookForm } from "./webhook-form";

const formId = "edit-webhook";

type EditDialogProps = { row: WebhookView; onClose: () => void };

export function EditDialog({ row, onClose }: EditDialogProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);

  async function send(body: WebhookBody) {
    await changeWebhook(row.id, body);
    toast.success("Webhook saved", { description: "It counts from the next message." });
    router.refresh();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title="Edit the webhook"
      description="Its secret stays the same."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Save changes
          </Button>
        </>
      }
    >
      <WebhookForm id={formId} initial={row} onBusy={setIsBusy} send={send} />
    </Dialog>
  );
}
