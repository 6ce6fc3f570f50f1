"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { toast } from "@/app/_components/toast";
import { changeKey, type KeyRow } from "./key-calls";
import type { KeySetting } from "./key-dialog";
import { KeyForm } from "./key-form";
import { changeOf, type KeyValues, keepExpiry, valuesOf } from "./key-values";
import { marksText } from "./key-words";

const formId = "edit-key";

type EditDialogProps = Pick<KeySetting, "owner"> & { row: KeyRow; onClose: () => void };

export function EditDialog({ owner, row, onClose }: EditDialogProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);

  async function send(values: KeyValues) {
    const change = changeOf(row, values, Date.now());
    if (Object.keys(change).length > 0) {
      await changeKey(row.id, change);
      toast.success("Key saved", { description: "It counts from the next call." });
      router.refresh();
    }
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title={`Edit “${row.name}”`}
      description={`${marksText(row)}: the secret stays the same.`}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Save changes
          </Button>
        </>
      }
    >
      <KeyForm
        id={formId}
        owner={owner}
        initial={valuesOf(row, keepExpiry)}
        expiresAt={row.expires_at}
        onBusy={setIsBusy}
        send={send}
      />
    </Dialog>
  );
}
