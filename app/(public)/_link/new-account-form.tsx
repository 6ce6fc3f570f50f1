"use client";

import { ApiError, api, type Problem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, required, useApiForm } from "@/app/_client/use-api-form";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { PasswordInput } from "@/app/_components/password-input";
import { signInWithNewPassword } from "./finish";
import type { OpenLink } from "./use-link";

type Answer = { name: string; password: string };
type NewAccountFormProps = {
  link: OpenLink;
  onDeadLink: (problem: Problem) => void;
  /** Where the link is used up. */
  path: string;
  submitLabel: string;
};

const rules = {
  name: notBlank("Enter the name that others here know you by."),
  password: required("Choose a password."),
};

/** The name and the first password of somebody who was sent a link. */
export function NewAccountForm({ link, onDeadLink, path, submitLabel }: NewAccountFormProps) {
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Answer>(rules, send);

  async function send({ name, password }: Answer) {
    try {
      await api("POST", path, { token: link.token, name, password });
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
        {submitLabel}
      </SubmitButton>
    </form>
  );
}
