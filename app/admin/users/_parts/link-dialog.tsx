"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { FormError } from "@/app/_components/form-error";
import { LinkOnce } from "./link-once";
import { MailChoice } from "./mail-choice";
import { makeInvitation, type OneTimeLink, type Person, startPasswordReset } from "./user-calls";

const kinds = {
  invitation: {
    title: (name: string) => `New invitation link for ${name}`,
    text: "A link with which the person chooses a password and signs in. The earlier invitation link stops working.",
    action: "Make the link",
    make: makeInvitation,
  },
  password: {
    title: (name: string) => `Password reset for ${name}`,
    text: "You get a one-time link to hand over. The person opens it and chooses the new password: you never choose or see it. The present password keeps working until then; setting the new one ends all sessions.",
    action: "Make the link",
    make: startPasswordReset,
  },
};

type LinkDialogProps = { kind: keyof typeof kinds; user: Person; onClose: () => void };

export function LinkDialog({ kind, user, onClose }: LinkDialogProps) {
  const { title, text, action, make } = kinds[kind];
  const router = useRouter();
  const [link, setLink] = useState<OneTimeLink>();
  const [isMailed, setIsMailed] = useState(false);
  const { failure, isBusy, runOnce } = useRunOnce();

  const run = () => runOnce(async () => setLink(await make(user.id, isMailed)));

  function close() {
    onClose();
    if (link) router.refresh();
  }

  return (
    <Dialog
      open
      onOpenChange={close}
      // A click beside the dialog must not throw away what is shown once.
      isLocked={isBusy || link !== undefined}
      title={title(user.name)}
      footer={
        link ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={close} disabled={isBusy}>
              Cancel
            </Button>
            <Button variant="primary" onClick={run} isBusy={isBusy}>
              {action}
            </Button>
          </>
        )
      }
    >
      <div className="space-y-4">
        {link ? (
          <>
            {isMailed && <p className="text-muted">The link is on its way by mail. Here it is as well:</p>}
            <LinkOnce kind={kind} email={user.email} link={link} />
          </>
        ) : (
          <>
            <p className="text-muted">{text}</p>
            <MailChoice isChosen={isMailed} onChange={setIsMailed} />
          </>
        )}
        <FormError message={failure} />
      </div>
    </Dialog>
  );
}
