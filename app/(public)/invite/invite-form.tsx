"use client";

import { ApiError, api, type Problem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, required, useApiForm } from "@/app/_client/use-api-form";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { PasswordInput } from "@/app/_components/password-input";
import { signInWithNewPassword } from "../_link/finish";
import { LinkPage } from "../_link/link-page";
import type { OpenLink } from "../_link/use-link";

export function InviteForm({ signedInAs }: { signedInAs: string | null }) {
  return (
    <LinkPage
      purpose="invitation"
      noun="invitation"
      title="Welcome to Adyton"
      text={({ email }) => (
        <>
          This invitation is for <span className="font-medium text-ink wrap-anywhere">{email}</span>. Choose a
          password, and you are in.
        </>
      )}
      signedInAs={signedInAs}
    >
      {(link, fail) => <AcceptForm link={link} onDeadLink={fail} />}
    </LinkPage>
  );
}

type Answer = { name: string; password: string };
type AcceptFormProps = { link: OpenLink; onDeadLink: (problem: Problem) => void };

const rules = {
  name: notBlank("Enter the name that others here know you by."),
  password: required("Choose a password."),
};

function AcceptForm({ link, onDeadLink }: AcceptFormProps) {
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Answer>(rules, send);

  async function send({ name, password }: Answer) {
    try {
      await api("POST", "/api/auth/invitation/accept", { token: link.token, name, password });
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === "link.invalid")
        return onDeadLink(error.problem);
      throw error;
    }
    await signInWithNewPassword(link.email, password);
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      {/* Tells password managers whose password this is. */}
      <input hidden readOnly autoComplete="username" value={link.email} />
      <Field label="Your name" error={errors.name}>
        <Input {...field("name")} defaultValue={link.name} autoComplete="name" maxLength={100} />
      </Field>
      <Field label="Password" error={errors.password}>
        <PasswordInput {...field("password")} autoComplete="new-password" hasMeter />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Accept and sign in
      </SubmitButton>
    </form>
  );
}
