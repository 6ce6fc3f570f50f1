"use client";

import { useState } from "react";
import { AuthCard } from "@/app/_components/auth-card";
import { Button } from "@/app/_components/button";
import { ReportKeyForm } from "./report-key-form";

export function ReportKeyCard() {
  const [isSent, setIsSent] = useState(false);
  if (isSent) return <Thanks onAgain={() => setIsSent(false)} />;
  return (
    <AuthCard
      title="Report a leaked key"
      text="Found an Adyton key somewhere it should not be, in code, a log or a message? Send it here, and nobody can use it any more."
      footer="You need no account, and you need not say who you are."
    >
      <ReportKeyForm onSent={() => setIsSent(true)} />
    </AuthCard>
  );
}

/** The same words whatever was sent: this is no place to try keys out. */
function Thanks({ onAgain }: { onAgain: () => void }) {
  return (
    <AuthCard title={<FocusedTitle>Thank you</FocusedTitle>} text="Your report has arrived.">
      <div className="space-y-6">
        <ul className="list-disc space-y-2 pl-5 text-muted">
          <li>If it was a working key of this install, it opens nothing from this moment on.</li>
          <li>Its owner sees that it was reported, and what to do now.</li>
          <li>
            We say the same whether it was a key or not. Otherwise this page would tell strangers which keys
            work.
          </li>
          <li>If you can, delete it where you found it: such places are searched by machines.</li>
        </ul>
        <Button className="w-full" onClick={onAgain}>
          Report another key
        </Button>
      </div>
    </AuthCard>
  );
}

/** The form with the focus is gone, so the title takes it; screen readers read it out. */
function FocusedTitle({ children }: { children: string }) {
  return (
    <span ref={(title) => title?.focus()} tabIndex={-1} className="outline-none">
      {children}
    </span>
  );
}
