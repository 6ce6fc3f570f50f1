"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { createKey, type KeyRow, type KeyWithSecret } from "./key-calls";
import type { KeySetting } from "./key-dialog";
import { KeyForm } from "./key-form";
import { bodyOf, freshValues, type KeyValues, valuesOf } from "./key-values";
import { marksText } from "./key-words";
import { SecretDialog } from "./secret-dialog";

const formId = "create-key";

type CreateDialogProps = KeySetting & {
  /** The new key takes after this one, which is to be replaced. */
  like?: KeyRow;
  onClose: () => void;
};

export function CreateDialog({ owner, baseUrl, like, onClose }: CreateDialogProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [made, setMade] = useState<KeyWithSecret>();

  async function send(values: KeyValues) {
    setMade(await createKey(bodyOf(values, Date.now())));
  }

  /** Not before: the list that appears would take the dialog away, and with it a secret nobody has stored. */
  function close() {
    onClose();
    if (made) router.refresh();
  }

  return (
    <SecretDialog
      made={
        made && {
          title: `The key “${made.key.name}” is made`,
          secret: made.secret,
          note: like && `Put it into the programs that used ${marksText(like)}, then revoke that one.`,
        }
      }
      baseUrl={baseUrl}
      onClose={close}
      isLocked={isBusy}
      title={like ? `A new key in place of “${like.name}”` : "Create a key"}
      description="You see the key itself once, in the next step."
      footer={
        <>
          <Button onClick={close} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Create key
          </Button>
        </>
      }
    >
      <KeyForm
        id={formId}
        owner={owner}
        initial={like ? valuesOf(like, freshValues.expiry) : freshValues}
        onBusy={setIsBusy}
        send={send}
      />
    </SecretDialog>
  );
}
