"use client";

import { useRouter } from "next/navigation";
import type { z } from "zod";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toaster";
import type { sessionView } from "@/lib/sessions/schema";
import { endSession } from "../_parts/user-calls";

type EndSessionDialogProps = { session: z.infer<typeof sessionView>; onClose: () => void };

export function EndSessionDialog({ session, onClose }: EndSessionDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="End this session?"
      confirmLabel="End session"
      consequences={
        <>
          <strong>{session.device}</strong> at {session.address} is signed out within a second. Other sessions
          stay.{session.is_current && <strong> This is the browser you are using now.</strong>}
        </>
      }
      onConfirm={async () => {
        await inPlainWords(endSession(session.id));
        toast.success("The session has ended");
        router.refresh();
      }}
    />
  );
}
