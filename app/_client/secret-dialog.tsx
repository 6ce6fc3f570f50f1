"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { CodeBlock } from "@/app/_components/code-block";
import { Dialog } from "@/app/_components/dialog";
import { SecretOnce } from "@/app/_components/secret-once";

/** What sort of secret it is, and what is done with it first. */
export type SecretKind = {
  label: string;
  explanation: string;
  next: (secret: string) => { text: string; label: string; tabs: readonly { label: string; code: string }[] };
};

type SecretDialogProps = {
  kind: SecretKind;
  /** The secret, as soon as there is one; until then the dialog is what asks for it. */
  made: { title: string; secret: string; note?: string | undefined } | undefined;
  title: string;
  description: string;
  /** The button beside Cancel. */
  submit: ReactNode;
  isBusy: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog that ends with a secret, shown now and never again: the way out opens when it is stored. */
export function SecretDialog(props: SecretDialogProps) {
  const { kind, made, title, description, submit, isBusy, onClose, children } = props;
  const router = useRouter();
  const [isStored, setIsStored] = useState(false);
  if (!made)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        isLocked={isBusy}
        title={title}
        description={description}
        footer={
          <>
            <Button onClick={onClose} disabled={isBusy}>
              Cancel
            </Button>
            {submit}
          </>
        }
      >
        {children}
      </Dialog>
    );

  /** Not before: the list that appears could take the dialog away, and with it a secret nobody has stored. */
  function leave() {
    onClose();
    router.refresh();
  }
  const { text, label, tabs } = kind.next(made.secret);
  return (
    <Dialog
      open
      isLocked
      title={made.title}
      footer={
        <Button variant="primary" disabled={!isStored} onClick={leave}>
          Done
        </Button>
      }
    >
      <div className="space-y-5">
        {made.note && <p className="text-muted">{made.note}</p>}
        <SecretOnce
          label={kind.label}
          value={made.secret}
          explanation={kind.explanation}
          onStoredChange={setIsStored}
        />
        <div className="space-y-2">
          <p className="text-muted">{text}</p>
          <CodeBlock label={label} tabs={tabs} />
        </div>
      </div>
    </Dialog>
  );
}
