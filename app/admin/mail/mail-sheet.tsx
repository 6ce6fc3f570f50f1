"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { FormError } from "@/app/_components/form-error";
import { RelativeTime } from "@/app/_components/relative-time";
import { Sheet } from "@/app/_components/sheet";
import { toast } from "@/app/_components/toaster";
import type { MailView } from "@/lib/mail/schema";
import { KeptText } from "./kept-text";
import { sendMailAgain } from "./mail-calls";
import { MailStateBadge } from "./mail-state-badge";
import { kindText, receiverOf, sendLabel, titleOf, wordsOf } from "./mail-words";

type MailSheetProps = { mail: MailView; hasServer: boolean; now: number; onClose: () => void };

export function MailSheet({ mail, hasServer, now, onClose }: MailSheetProps) {
  const router = useRouter();
  const { failure, isBusy, runOnce } = useRunOnce();
  const label = sendLabel(mail, hasServer);

  const send = () =>
    runOnce(async () => {
      await sendMailAgain(mail.id);
      toast.success("It is in the queue again", { description: "A link in it will be a new one." });
      onClose();
      router.refresh();
    });

  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={titleOf(mail)}
      description={`To ${receiverOf(mail)}`}
      footer={
        label && (
          <Button variant="primary" onClick={send} isBusy={isBusy}>
            {label}
          </Button>
        )
      }
    >
      <div className="space-y-5">
        <FormError message={failure} />
        {mail.failure && <Alert tone={mail.state === "failed" ? "danger" : "warning"} title={mail.failure} />}
        {mail.state === "kept" && <KeptText id={mail.id} />}
        <DefinitionList
          items={[
            {
              term: "State",
              description: (
                <>
                  <MailStateBadge state={mail.state} />
                  <span className="mt-1 block text-muted">{wordsOf(mail.state)?.meaning}</span>
                </>
              ),
            },
            { term: "About", description: kindText(mail.kind) },
            { term: "Receiver", description: <Receiver mail={mail} /> },
            { term: "Asked for", description: <RelativeTime at={mail.created_at} now={now} /> },
            ...(mail.done_at
              ? [{ term: "Done", description: <RelativeTime at={mail.done_at} now={now} /> }]
              : []),
            ...(mail.next_at && mail.attempts > 0
              ? [{ term: "Next try", description: <RelativeTime at={mail.next_at} now={now} /> }]
              : []),
            { term: "Tries", description: mail.attempts },
            { term: "Id", description: <CopyableId value={mail.id} label="mail id" /> },
          ]}
        />
      </div>
    </Sheet>
  );
}

/** With the way to the account, where there is one. */
function Receiver({ mail }: { mail: MailView }) {
  if (mail.user_id === null) return receiverOf(mail);
  return (
    <Link
      href={`/admin/users/${mail.user_id}`}
      prefetch={false}
      className="text-accent-ink underline-offset-4 hover:underline"
    >
      {receiverOf(mail)}
    </Link>
  );
}
