"use client";

import { useRouter } from "next/navigation";
import { ApiError, api } from "@/app/_client/api";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toast";

export type EndSessionsDialogProps = {
  sessions: readonly { id: string; device: string }[];
  onClose: () => void;
};

export function EndSessionsDialog({ sessions, onClose }: EndSessionsDialogProps) {
  const router = useRouter();
  const [only, ...more] = sessions;
  const devices = more.length === 0 && only ? only.device : `${sessions.length} devices`;
  const isOne = more.length === 0;

  async function end() {
    try {
      for (const { id } of sessions) await endSession(id);
      toast.success(isOne ? "Session ended" : `${sessions.length} sessions ended`, {
        description: isOne ? `${devices} is signed out.` : "Only this device is still signed in.",
      });
    } finally {
      // Also after a failure in the middle: some have ended.
      router.refresh();
    }
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isOne ? "End this session?" : `End ${sessions.length} sessions?`}
      consequences={
        <>
          <strong>{devices}</strong> {isOne ? "is" : "are"} signed out at once. Whoever uses{" "}
          {isOne ? "it" : "them"} has to sign in again; what was not saved there is lost.
        </>
      }
      confirmLabel={isOne ? "End session" : `End ${sessions.length} sessions`}
      onConfirm={end}
    />
  );
}

/** One that ended by itself meanwhile is as good as ended. */
async function endSession(id: string): Promise<void> {
  try {
    await api("DELETE", `/api/auth/sessions/${id}`);
  } catch (error) {
    if (!(error instanceof ApiError && error.problem.code === "session.not_found")) throw error;
  }
}
