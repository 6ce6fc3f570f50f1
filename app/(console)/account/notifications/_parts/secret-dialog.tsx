"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { CodeBlock } from "@/app/_components/code-block";
import { Dialog, type DialogProps } from "@/app/_components/dialog";
import { SecretOnce } from "@/app/_components/secret-once";
import { verifySnippets } from "./snippets";

type SecretDialogProps = Omit<DialogProps, "open" | "onOpenChange" | "trigger"> & {
  /** The secret, as soon as there is one; until then the dialog is what it is given. */
  made: { title: string; secret: string; note?: ReactNode } | undefined;
  onClose: () => void;
};

/** A dialog that ends with a secret, shown now and never again: the way out opens when it is stored. */
export function SecretDialog({ made, onClose, ...before }: SecretDialogProps) {
  const [isStored, setIsStored] = useState(false);
  if (!made) return <Dialog open onOpenChange={onClose} {...before} />;
  return (
    <Dialog
      open
      isLocked
      title={made.title}
      footer={
        <Button variant="primary" disabled={!isStored} onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="space-y-5">
        {made.note && <p className="text-muted">{made.note}</p>}
        <SecretOnce
          label="Signing secret"
          value={made.secret}
          explanation="Shown only now. Your program needs it to tell our messages from forged ones: put it into its settings as WEBHOOK_SECRET, never into its code. If it gets lost, roll the webhook."
          onStoredChange={setIsStored}
        />
        <div className="space-y-2">
          <p className="text-muted">
            A program that takes the messages and checks who sent them. Messages are signed as the open
            standard “Standard Webhooks” says; there are libraries for most languages.
          </p>
          <CodeBlock label="Receive and check" tabs={verifySnippets} />
        </div>
      </div>
    </Dialog>
  );
}
