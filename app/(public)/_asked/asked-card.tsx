import type { ReactNode } from "react";
import { AuthCard } from "@/app/_components/auth-card";
import { LinkButton } from "@/app/_components/button";

type AskedCardProps = {
  /** The address that was typed. */
  email: string;
  /** What the mail is good for: "choose a new password". */
  purpose: string;
  canMail: boolean;
  children: ReactNode;
};

/** A mail was asked for. It says the same whether the address is known or not. */
export function AskedCard({ email, purpose, canMail, children }: AskedCardProps) {
  return (
    <AuthCard
      title={canMail ? "Look into your mailbox" : "Ask an administrator for your link"}
      text={
        <>
          {children} a link with which you can {purpose}
          {canMail ? " is on its way to " : " was written for "}
          <span className="font-medium text-ink wrap-anywhere">{email}</span>.
        </>
      }
    >
      <div role="status" className="space-y-4">
        <p className="text-muted">
          {canMail
            ? "It should be there within a few minutes. If not, look into the folder for spam, and whether the address is spelled right."
            : "This install cannot send mails yet, so the mail lands with its administrator, who can read it and hand the link to you."}
        </p>
        <LinkButton href="/login" className="w-full">
          Back to the sign-in page
        </LinkButton>
      </div>
    </AuthCard>
  );
}
