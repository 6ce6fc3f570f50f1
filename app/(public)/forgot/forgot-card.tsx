"use client";

import { useState } from "react";
import { api } from "@/app/_client/api";
import { OfflineAlert } from "@/app/_client/offline-alert";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { RiddleNote, useRiddle } from "@/app/_client/use-riddle";
import { AuthCard } from "@/app/_components/auth-card";
import { LinkButton } from "@/app/_components/button";
import { AskedCard } from "../_asked/asked-card";
import { EmailField } from "../_asked/email-field";

type Asked = { email: string };

const rules = { email: notBlank("Enter the e-mail address that you sign in with.") };

export function ForgotCard({ canMail }: { canMail: boolean }) {
  const [asked, setAsked] = useState<string>();
  if (asked !== undefined) {
    return (
      <AskedCard email={asked} purpose="choose a new password" canMail={canMail}>
        If this address has an account,
      </AskedCard>
    );
  }
  return (
    <AuthCard
      title="Forgot your password?"
      text="Tell us your e-mail address, and we send you a link with which you choose a new one."
      footer={
        <LinkButton href="/login" variant="link" size="sm">
          Back to the sign-in page
        </LinkButton>
      }
    >
      <ForgotForm onSent={setAsked} />
    </AuthCard>
  );
}

function ForgotForm({ onSent }: { onSent: (email: string) => void }) {
  const { isSolving, withRiddle } = useRiddle();
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Asked>(rules, send);

  async function send({ email }: Asked) {
    await withRiddle((solved) => api("POST", "/api/auth/password/forgot", { email, ...solved }));
    onSent(email.trim());
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <OfflineAlert />
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      <EmailField error={errors.email} control={field("email")} />
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Send me a link
      </SubmitButton>
      <RiddleNote isSolving={isSolving} />
    </form>
  );
}
