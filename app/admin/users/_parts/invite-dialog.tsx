"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { type Invited, InviteForm, type Plan } from "./invite-form";
import { LinkOnce } from "./link-once";

const formId = "invite-user";

type InviteDialogProps = { plans: readonly Plan[]; onClose: () => void };

export function InviteDialog({ plans, onClose }: InviteDialogProps) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [invited, setInvited] = useState<Invited>();
  const [isAgain, setIsAgain] = useState(false);

  function close() {
    onClose();
    if (invited) router.refresh();
  }

  if (invited) {
    return (
      <Dialog
        open
        onOpenChange={close}
        // A click beside the dialog must not throw away what is shown once.
        isLocked
        title={`${invited.user.name} is invited`}
        description={
          invited.isMailed
            ? "The link is on its way by mail. Here it is as well:"
            : "No e-mail is sent: hand over this link yourself."
        }
        footer={
          <>
            <Button onClick={() => setInvited(undefined)}>Invite another</Button>
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          </>
        }
      >
        <LinkOnce kind="invitation" email={invited.user.email} link={invited.invitation} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      isLocked={isBusy}
      title="Invite a user"
      description="Makes the account and a one-time link. The person chooses the password."
      footer={
        <>
          <Button onClick={close} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Create invitation
          </Button>
        </>
      }
    >
      <InviteForm
        id={formId}
        plans={plans}
        isAgain={isAgain}
        onBusy={setIsBusy}
        onInvited={(result) => {
          setInvited(result);
          setIsAgain(true);
          router.refresh();
        }}
        onLeave={onClose}
      />
    </Dialog>
  );
}
