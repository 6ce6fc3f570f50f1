"use client";

import { Ellipsis, List, Pencil, Power, PowerOff, RefreshCw, Send, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { explainError } from "@/app/_client/explain-error";
import { DropdownMenu, DropdownMenuItem, DropdownMenuSeparator } from "@/app/_components/dropdown-menu";
import { IconButton } from "@/app/_components/icon-button";
import { toast } from "@/app/_components/toast";
import type { WebhookView } from "@/lib/webhooks/schema";
import { changeWebhook } from "./_parts/webhook-calls";
import { useWebhookDialog } from "./use-webhook-dialog";

type WebhookMenuProps = { row: WebhookView; messagesHref: string };

export function WebhookMenu({ row, messagesHref }: WebhookMenuProps) {
  const router = useRouter();
  const { near, open, dialog } = useWebhookDialog();
  const label = `Actions for ${row.url}`;

  async function turn(enabled: boolean, isUndo = false) {
    try {
      await changeWebhook(row.id, { enabled });
      const text = enabled ? "It is told of things again." : "What happens meanwhile is not sent later.";
      toast.success(enabled ? "Webhook enabled" : "Webhook disabled", {
        description: text,
        ...(isUndo ? {} : { action: { label: "Undo", onClick: () => turn(!enabled, true) } }),
      });
    } catch (error) {
      toast.error("That did not work", { description: explainError(error) });
    }
    router.refresh();
  }

  return (
    <span {...near}>
      <DropdownMenu
        label={label}
        trigger={
          <IconButton label={label}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        {row.enabled && (
          <DropdownMenuItem icon={<Send />} onSelect={() => open({ action: "test", row })}>
            Send a test
          </DropdownMenuItem>
        )}
        <DropdownMenuItem icon={<List />} href={messagesHref}>
          See its messages
        </DropdownMenuItem>
        <DropdownMenuItem icon={<Pencil />} onSelect={() => open({ action: "edit", row })}>
          Edit
        </DropdownMenuItem>
        <DropdownMenuItem icon={<RefreshCw />} onSelect={() => open({ action: "roll", row })}>
          Roll the secret
        </DropdownMenuItem>
        {row.enabled ? (
          <DropdownMenuItem icon={<PowerOff />} onSelect={() => turn(false)}>
            Disable
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem icon={<Power />} onSelect={() => turn(true)}>
            Enable
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={<Trash2 />} tone="danger" onSelect={() => open({ action: "delete", row })}>
          Delete
        </DropdownMenuItem>
      </DropdownMenu>
      {dialog}
    </span>
  );
}
