"use client";

import { useState } from "react";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { CopyButton } from "@/app/_components/copy-button";
import { FormError } from "@/app/_components/form-error";
import type { MailTextView } from "@/lib/mail/schema";
import { readMail } from "./mail-calls";
import { linksIn } from "./mail-words";

/** Shown when asked for, not before: that somebody read it is recorded. */
export function KeptText({ id }: { id: string }) {
  const [mail, setMail] = useState<MailTextView>();
  const { failure, isBusy, runOnce } = useRunOnce();
  const show = () => runOnce(async () => setMail(await readMail(id)));

  if (mail?.text) return <Text to={mail.recipients} text={mail.text} />;
  return (
    <div className="space-y-3">
      <p className="text-muted">
        It may hold a link with which its receiver chooses a password. That you looked at it is recorded in
        the audit log.
      </p>
      <FormError message={mail ? "Its text is not kept any more." : failure} />
      <Button onClick={show} isBusy={isBusy}>
        Show the text
      </Button>
    </div>
  );
}

function Text({ to, text }: { to: readonly string[]; text: string }) {
  const links = linksIn(text);
  return (
    <section aria-label="Text of the mail" className="space-y-3">
      <p className="text-[13px] text-muted wrap-anywhere">To {to.join(", ")}</p>
      <div className="rounded-lg border bg-canvas px-4 py-3 whitespace-pre-wrap wrap-anywhere">
        {text.trim()}
      </div>
      <div className="flex flex-wrap gap-2">
        {links.map((link) => (
          <CopyButton key={link} value={link} label="link" look="button" />
        ))}
        <CopyButton value={text} label="text" look="button" />
      </div>
    </section>
  );
}
