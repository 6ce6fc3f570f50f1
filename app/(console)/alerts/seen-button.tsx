"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";

export function SeenButton({ id, title }: { id: string; title: string }) {
  const router = useRouter();
  const { isBusy, runOnce } = useRunOnce();

  const see = () =>
    runOnce(async () => {
      try {
        await api("POST", `/api/v1/alerts/${encodeURIComponent(id)}/seen`);
      } catch (error) {
        toast.error("This alert is still new", { description: explainError(error) });
      }
      // The bell counts anew as well.
      router.refresh();
    });

  return (
    <Button size="sm" variant="ghost" isBusy={isBusy} aria-label={`Mark as seen: ${title}`} onClick={see}>
      <Check aria-hidden="true" />
      Mark as seen
    </Button>
  );
}
