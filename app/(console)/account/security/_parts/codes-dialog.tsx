"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { RecoveryCodes } from "@/app/_client/recovery-codes";
import { Button } from "@/app/_components/button";
import { Dialog, type DialogProps } from "@/app/_components/dialog";
import { toast } from "@/app/_components/toast";

type CodesDialogProps = Omit<DialogProps, "open" | "onOpenChange" | "trigger"> & {
  /** What came of it, as soon as it is done: codes to store, or none because there are some already. */
  codes: readonly string[] | undefined;
  /** What was done: "Passkey added". */
  done: string;
  onClose: () => void;
};

/** A dialog that may end with recovery codes, shown now and never again: the way out opens when they are stored. */
export function CodesDialog({ codes, done, onClose, ...before }: CodesDialogProps) {
  const router = useRouter();
  const [isStored, setIsStored] = useState(false);
  if (!codes) return <Dialog open onOpenChange={onClose} {...before} />;

  /** Not before: the page that is read anew would take the dialog away, and with it what nobody has stored. */
  function finish() {
    onClose();
    toast.success(done);
    router.refresh();
  }

  return (
    <Dialog
      open
      isLocked
      title="Store your recovery codes"
      description={`${done}.`}
      footer={
        <Button variant="primary" disabled={!isStored} onClick={finish}>
          Done
        </Button>
      }
    >
      <RecoveryCodes codes={codes} onStoredChange={setIsStored} />
    </Dialog>
  );
}
