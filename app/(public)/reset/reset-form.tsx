"use client";

import { ApiError, api, type Problem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { required, useApiForm } from "@/app/_client/use-api-form";
import { Field } from "@/app/_components/field";
import { PasswordInput } from "@/app/_components/password-input";
import { signInWithNewPassword } from "../_link/finish";
import { LinkPage } from "../_link/link-page";
import type { OpenLink } from "../_link/use-link";

export function ResetForm({ signedInAs }: { signedInAs: string | null }) {
  return (
    <LinkPage
      purpose="password_reset"
      noun="reset link"
      title="Choose a new password"
      text={({ email }) => (
        <>
          For <span className="font-medium text-ink wrap-anywhere">{email}</span>. Every device that is signed
          in with the old password is signed out.
        </>
      )}
      signedInAs={signedInAs}
    >
      {(link, fail) => <NewPasswordForm link={link} onDeadLink={fail} />}
    </LinkPage>
  );
}

type Answer = { new_password: string };
type NewPasswordFormProps = { link: OpenLink; onDeadLink: (problem: Problem) => void };

const rules = { new_password: required("Choose a password.") };

function NewPasswordForm({ link, onDeadLink }: NewPasswordFormProps) {
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Answer>(rules, send);

  async function send({ new_password }: Answer) {
    try {
      await api("POST", "/api/auth/password/reset", { token: link.token, new_password });
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === "link.invalid")
        return onDeadLink(error.problem);
      throw error;
    }
    await signInWithNewPassword(link.email, new_password);
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      {/* Tells password managers whose password this is. */}
      <input hidden readOnly autoComplete="username" value={link.email} />
      <Field label="New password" error={errors.new_password}>
        <PasswordInput {...field("new_password")} autoComplete="new-password" hasMeter />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Set the password and sign in
      </SubmitButton>
    </form>
  );
}
