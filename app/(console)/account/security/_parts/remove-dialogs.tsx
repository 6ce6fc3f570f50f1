"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toast";
import { type PasskeyView, removeApp, removePasskey } from "./factor-calls";

const afterLast =
  "It is your last second factor: from then on your password alone is enough to get in, and your recovery codes are gone.";

type RemoveAppDialogProps = { isLast: boolean; onClose: () => void };

export function RemoveAppDialog({ isLast, onClose }: RemoveAppDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Remove the authenticator app?"
      confirmLabel="Remove app"
      consequences={
        <>
          Codes of the app are not asked for and not accepted any more, and your other devices are signed out.{" "}
          {isLast && <strong>{afterLast}</strong>}
        </>
      }
      onConfirm={async () => {
        await inPlainWords(removeApp());
        toast.success("Authenticator app removed", {
          description: "You can delete the entry in the app, too.",
        });
        router.refresh();
      }}
    />
  );
}

type RemovePasskeyDialogProps = { passkey: PasskeyView; isLast: boolean; onClose: () => void };

export function RemovePasskeyDialog({ passkey, isLast, onClose }: RemovePasskeyDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Remove this passkey?"
      confirmLabel="Remove passkey"
      consequences={
        <>
          <strong className="wrap-anywhere">{passkey.name}</strong> does not let you in any more, and your
          other devices are signed out. {isLast && <strong>{afterLast}</strong>}
        </>
      }
      onConfirm={async () => {
        await inPlainWords(removePasskey(passkey.id));
        toast.success("Passkey removed", {
          description: "Your device may still list it: delete it in its settings.",
        });
        router.refresh();
      }}
    />
  );
}
