"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { CodeBlock } from "@/app/_components/code-block";
import { Dialog, type DialogProps } from "@/app/_components/dialog";
import { SecretOnce } from "@/app/_components/secret-once";
import { snippetsOf } from "./snippets";

type SecretDialogProps = Omit<DialogProps, "open" | "onOpenChange" | "trigger"> & {
  /** The secret, as soon as there is one; until then the dialog is what it is given. */
  made: { title: string; secret: string; note?: ReactNode } | undefined;
  baseUrl: string;
  onClose: () => void;
};

/** A dialog that ends with a secret, shown now and never again: the way out opens when it is stored. */
export function SecretDialog({ made, baseUrl, onClose, ...before }: SecretDialogProps) {
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
          label="API key"
          value={made.secret}
          explanation="Shown only now: just its fingerprint is kept here. Put it into a password manager or the settings of your program, never into its code. If it gets lost, make a new one."
          onStoredChange={setIsStored}
        />
        <div className="space-y-2">
          <p className="text-muted">Try it: the answer 200 means that the key works.</p>
          <CodeBlock label="A first call" tabs={snippetsOf(baseUrl, made.secret)} />
        </div>
      </div>
    </Dialog>
  );
}
