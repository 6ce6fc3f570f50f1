"use client";

import { useRouter } from "next/navigation";
import { explainError } from "@/app/_client/explain-error";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import type { DeliveryView } from "@/lib/webhooks/schema";
import { replayDelivery } from "./_parts/webhook-calls";
import { typeLabel } from "./_parts/webhook-words";

type ReplayButtonProps = { webhookId: string; row: DeliveryView };

export function ReplayButton({ webhookId, row }: ReplayButtonProps) {
  const router = useRouter();
  const { isBusy, runOnce } = useRunOnce();

  const replay = () =>
    runOnce(async () => {
      try {
        await replayDelivery(webhookId, row.id);
        toast.success("It is sent again", { description: "With the id it had, and a new signature." });
      } catch (error) {
        toast.error("It was not sent again", { description: explainError(error) });
      }
      router.refresh();
    });

  return (
    <Button
      size="sm"
      isBusy={isBusy}
      aria-label={`Send again: ${typeLabel(row.type)}, ${row.state}`}
      onClick={replay}
    >
      Send again
    </Button>
  );
}
