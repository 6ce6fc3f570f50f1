"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toast";
import type { WebhookView } from "@/lib/webhooks/schema";
import { deleteWebhook } from "./webhook-calls";
import { hostOf } from "./webhook-words";

type DeleteDialogProps = { row: WebhookView; onClose: () => void };

export function DeleteDialog({ row, onClose }: DeleteDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Delete this webhook?"
      confirmLabel="Delete webhook"
      typeToConfirm={hostOf(row.url)}
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <strong className="font-mono wrap-anywhere">{row.url}</strong> is told nothing any more, and
            messages that still wait for it are dropped.
          </li>
          <li>Its secret and the list of its messages are gone. This cannot be undone.</li>
          <li>To stop it for a while, disable it instead.</li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(deleteWebhook(row.id));
        toast.success("Webhook deleted");
        // Also away from its messages, which may be shown below the list.
        router.replace("/account/notifications", { scroll: false });
        router.refresh();
      }}
    />
  );
}
