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
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { AskedCard } from "../_asked/asked-card";
import { EmailField } from "../_asked/email-field";

type Newcomer = { email: string; name: string };

const rules = {
  email: notBlank("Enter your e-mail address."),
  name: notBlank("Enter the name that others here know you by."),
};

type RegisterCardProps = { domains: readonly string[]; canMail: boolean };

export function RegisterCard({ domains, canMail }: RegisterCardProps) {
  const [asked, setAsked] = useState<string>();
  if (asked !== undefined) {
    return (
      <AskedCard email={asked} purpose="finish your registration" canMail={canMail}>
        If this address can register,
      </AskedCard>
    );
  }
  return (
    <AuthCard
      title="Make an account"
      text={
        domains.length === 0
          ? "We send a link to your address; with it you choose a password."
          : `For addresses that end in ${domains.map((domain) => `@${domain}`).join(" or ")}. We send a link there; with it you choose a password.`
      }
      footer={
        <LinkButton href="/login" variant="link" size="sm">
          You have an account already? Sign in
        </LinkButton>
      }
    >
      <RegisterForm onSent={setAsked} />
    </AuthCard>
  );
}

function RegisterForm({ onSent }: { onSent: (email: string) => void }) {
  const { isSolving, withRiddle } = useRiddle();
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Newcomer>(rules, send);

  async function send(newcomer: Newcomer) {
    await withRiddle((solved) => api("POST", "/api/auth/register", { ...newcomer, ...solved }));
    onSent(newcomer.email.trim());
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <OfflineAlert />
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      <EmailField error={errors.email} control={field("email")} />
      <Field label="Your name" error={errors.name}>
        <Input {...field("name")} autoComplete="name" maxLength={100} />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Send me a link
      </SubmitButton>
      <RiddleNote isSolving={isSolving} />
    </form>
  );
}
