"use client";

import { useState } from "react";
import { SecretDialog } from "@/app/_client/secret-dialog";
import { Button } from "@/app/_components/button";
import { createKey, type KeyRow, type KeyWithSecret } from "./key-calls";
import type { KeySetting } from "./key-dialog";
import { KeyForm } from "./key-form";
import { keySecret } from "./key-secret";
import { bodyOf, freshValues, type KeyValues, valuesOf } from "./key-values";
import { marksText } from "./key-words";

const formId = "create-key";

type CreateDialogProps = KeySetting & {
  /** The new key takes after this one, which is to be replaced. */
  like?: KeyRow;
  onClose: () => void;
};

export function CreateDialog({ owner, baseUrl, like, onClose }: CreateDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [made, setMade] = useState<KeyWithSecret>();

  async function send(values: KeyValues) {
    setMade(await createKey(bodyOf(values, Date.now())));
  }

  return (
    <SecretDialog
      kind={keySecret(baseUrl)}
      made={
        made && {
          title: `The key “${made.key.name}” is made`,
          secret: made.secret,
          note: like && `Put it into the programs that used ${marksText(like)}, then revoke that one.`,
        }
      }
      title={like ? `A new key in place of “${like.name}”` : "Create a key"}
      description="You see the key itself once, in the next step."
      submit={
        <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
          Create key
        </Button>
      }
      isBusy={isBusy}
      onClose={onClose}
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
