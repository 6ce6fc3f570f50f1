"use client";

import { useRouter } from "next/navigation";
import { useId, useRef } from "react";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { RelativeTime } from "@/app/_components/relative-time";
import { toast } from "@/app/_components/toast";

type Newcomer = { email: string; name: string };
type Invitation = Newcomer & { created_at: string; expires_at: string };

const rules = {
  email: notBlank("Enter the e-mail address of whom you invite."),
  name: notBlank("Enter the name; they can change it."),
};

/** What became of an invitation is not shown: that would tell who has an account. */
export function InviteCard({ invitations }: { invitations: readonly Invitation[] }) {
  const router = useRouter();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Newcomer>(rules, send);

  async function send(newcomer: Newcomer) {
    await api("POST", "/api/auth/invitations", newcomer);
    toast.success("Invitation asked for", { description: "Who has no account yet gets a mail with a link." });
    form.current?.reset();
    router.refresh();
  }

  return (
    <Card
      title="Invite somebody"
      description="They get a mail with a link and choose their own password. You may have ten invitations open."
      footer={
        <>
          <span>Whoever has an account already is told so, and you are not.</span>
          <SubmitButton form={formId} size="sm" isBusy={isBusy} secondsLeft={secondsLeft}>
            Invite
          </SubmitButton>
        </>
      }
    >
      <form id={formId} ref={form} method="post" noValidate onSubmit={submit} className="max-w-sm space-y-4">
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
        <Field label="E-mail" error={errors.email}>
          <Input
            {...field("email")}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <Field label="Name" error={errors.name}>
          <Input {...field("name")} autoComplete="off" maxLength={100} />
        </Field>
      </form>
      {invitations.length > 0 && (
        <ul aria-label="People you invited" className="mt-5 divide-y divide-line border-t">
          {invitations.map(({ email, name, created_at, expires_at }) => (
            <li
              key={`${email} ${created_at}`}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-2.5 last:pb-0"
            >
              <span className="min-w-0 wrap-anywhere">
                {name} <span className="text-muted">{email}</span>
              </span>
              <span className="text-[13px] text-muted">
                invited <RelativeTime at={created_at} />, the link runs out <RelativeTime at={expires_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
