"use client";

import { formatExact, formatRelative } from "@/app/_components/format-time";
import { SecretOnce } from "@/app/_components/secret-once";
import type { OneTimeLink } from "./user-calls";

const words = {
  invitation: { label: "Invitation link", use: "choose a password and sign in" },
  password: { label: "Password reset link", use: "choose a new password" },
};

type LinkOnceProps = { kind: keyof typeof words; email: string; link: OneTimeLink };

/** A link that is shown now and never again, with what to do with it. */
export function LinkOnce({ kind, email, link }: LinkOnceProps) {
  const { label, use } = words[kind];
  const expiresAt = Date.parse(link.expires_at);
  return (
    <div className="space-y-4">
      <SecretOnce
        label={label}
        value={link.url}
        explanation="Shown only now: just its fingerprint is stored. If it gets lost, make a new one; this one then stops working."
      />
      <ul className="list-disc space-y-1 pl-5 text-muted">
        <li>
          Whoever opens it can {use} as <span className="text-ink">{email}</span>. Send it by a channel that
          only this person reads, such as a direct message.
        </li>
        <li>
          It works once, until {formatExact(expiresAt)} ({formatRelative(expiresAt, Date.now())}).
        </li>
      </ul>
    </div>
  );
}
