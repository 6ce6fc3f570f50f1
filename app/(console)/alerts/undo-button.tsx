"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import type { AlertView } from "@/lib/alerts/schema";
import { stepWords } from "./_parts/alert-words";

type UndoButtonProps = { id: string; title: string; step: NonNullable<AlertView["step"]> };

/** One press and no question: whoever finds a working program stopped is in a hurry. */
export function UndoButton({ id, title, step }: UndoButtonProps) {
  const router = useRouter();
  const { isBusy, runOnce } = useRunOnce();
  const { undo, undone } = stepWords[step];

  const run = () =>
    runOnce(async () => {
      try {
        await api("POST", `/api/v1/alerts/${encodeURIComponent(id)}/undo`);
        toast.success(undone, { description: "It counts from the next call." });
      } catch (error) {
        toast.error("This could not be undone", { description: explainError(error) });
      }
      router.refresh();
    });

  return (
    <Button size="sm" isBusy={isBusy} aria-label={`${undo} (${title})`} onClick={run}>
      <Undo2 aria-hidden="true" />
      {undo}
    </Button>
  );
}
