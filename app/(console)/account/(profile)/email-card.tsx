"use client";

import { useId, useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Badge } from "@/app/_components/badge";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { FormError } from "@/app/_components/form-error";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toast";

type EmailCardProps = { email: string; isProven: boolean; canMail: boolean };
type Wanted = { email: string };

const rules = { email: notBlank("Enter the address that you want to have instead.") };

export function EmailCard({ email, isProven, canMail }: EmailCardProps) {
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<string>();
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Wanted>(rules, send);

  async function send(wanted: Wanted) {
    await api("POST", "/api/auth/email/change", wanted);
    setAsked(wanted.email.trim());
    form.current?.reset();
  }

  return (
    <Card
      title="E-mail address"
      description="You sign in with it, and mails of this install go there."
      footer={
        <>
          <span>Nothing changes until the link in the mail is used. Both addresses are told.</span>
          <SubmitButton form={formId} size="sm" isBusy={isBusy} secondsLeft={secondsLeft}>
            Change address
          </SubmitButton>
        </>
      }
    >
      <div className="max-w-sm space-y-4">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{email}</span>
          <Badge tone={isProven ? "success" : "warning"}>
            {isProven ? "Confirmed" : "Not confirmed yet"}
          </Badge>
        </p>
        {!isProven && <ProofNotice canMail={canMail} />}
        <form id={formId} ref={form} method="post" noValidate onSubmit={submit} className="space-y-4">
          <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
          <Field label="New address" error={errors.email}>
            <Input
              {...field("email")}
              inputMode="email"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
        </form>
        {asked && (
          <Alert
            role="status"
            title="Look into the other mailbox"
            text={
              canMail
                ? `If ${asked} is free, a link is on its way there.`
                : `If ${asked} is free, a link was written. This install cannot send mails yet: ask an administrator for it.`
            }
          />
        )}
      </div>
    </Card>
  );
}

function ProofNotice({ canMail }: { canMail: boolean }) {
  const { failure, isBusy, runOnce } = useRunOnce();

  async function ask() {
    await api("POST", "/api/auth/email/proof");
    toast.success("A link is on its way", {
      description: canMail
        ? "Look into your mailbox."
        : "This install cannot send mails yet: ask an administrator for it.",
    });
  }

  return (
    <>
      <p className="text-muted">
        Nobody has shown yet that this address is yours. A forgotten password can only be replaced by a mail
        that reaches you.
      </p>
      <FormError message={failure} />
      <Button size="sm" isBusy={isBusy} onClick={() => runOnce(ask)}>
        Send me a link to confirm it
      </Button>
    </>
  );
}
