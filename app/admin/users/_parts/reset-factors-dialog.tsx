"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toaster";
import { type Person, resetFactorsOf } from "./user-calls";

type ResetFactorsDialogProps = { user: Person; isSelf: boolean; onClose: () => void };

/** For somebody whose phone and paper are gone, and only after making sure that it is them who asks. */
export function ResetFactorsDialog({ user, isSelf, onClose }: ResetFactorsDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Reset the second factor of ${user.name}?`}
      confirmLabel="Reset second factor"
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            The authenticator app, all passkeys and all recovery codes of <strong>{user.email}</strong> stop
            working, and they are signed out everywhere.
          </li>
          <li>
            From then on the password alone is enough, until they set up a new second factor. Where their role
            needs one, the next sign-in asks for it.
          </li>
          <li>They are told by mail.</li>
          <li>
            {isSelf ? (
              <strong>This is your own account: you are signed out at once.</strong>
            ) : (
              "Make sure that it is really them who asks: call them, or see them."
            )}
          </li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(resetFactorsOf(user.id));
        toast.success(`The second factor of ${user.name} is reset`);
        router.refresh();
      }}
    />
  );
}
