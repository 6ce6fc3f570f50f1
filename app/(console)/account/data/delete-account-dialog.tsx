"use client";

import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { leaveTo } from "@/app/_client/use-api-form";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";

type DeleteAccountDialogProps = { email: string; onClose: () => void };

export function DeleteAccountDialog({ email, onClose }: DeleteAccountDialogProps) {
  async function remove() {
    await inPlainWords(api("DELETE", "/api/auth/me"));
    await leaveTo("/login?deleted=1");
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Delete your account?"
      consequences={
        <>
          <strong>All your devices</strong> are signed out at once, and <strong>all your API keys</strong>{" "}
          stop working: programs that use them get an error from then on. Only an administrator can undo it.
        </>
      }
      typeToConfirm={email}
      confirmLabel="Delete account"
      onConfirm={remove}
    />
  );
}
