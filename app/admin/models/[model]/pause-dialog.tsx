"use client";

import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { useUndo } from "@/app/admin/users/_parts/use-undo";
import { modelApi } from "../_parts/model-paths";

type PauseDialogProps = {
  name: string;
  title: string;
  isPaused: boolean;
  reach: string;
  onClose: () => void;
};

export function PauseDialog({ name, title, isPaused, reach, onClose }: PauseDialogProps) {
  const offerUndo = useUndo();
  const setPaused = (is_paused: boolean) => api("PATCH", modelApi(name), { is_paused });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone={isPaused ? "neutral" : "danger"}
      title={isPaused ? `Resume ${title}?` : `Pause ${title}?`}
      confirmLabel={isPaused ? "Resume" : "Pause"}
      consequences={
        isPaused ? (
          <>
            <strong>{reach}</strong> can call it again at once.
          </>
        ) : (
          <>
            <strong>{reach}</strong> are refused from the next call on, and told to come back later. Calls
            that are running finish. Nothing is removed.
          </>
        )
      }
      onConfirm={async () => {
        await inPlainWords(setPaused(!isPaused));
        offerUndo(
          isPaused ? `${title} is in service again` : `${title} is paused`,
          isPaused ? "It answers calls from now on." : "Calls are refused from now on.",
          () => setPaused(isPaused),
          isPaused ? `${title} is paused again` : `${title} is in service again`,
        );
      }}
    />
  );
}
