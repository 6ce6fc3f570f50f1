"use client";

import type { ReactNode } from "react";
import { Field } from "@/app/_components/field";
import { PasswordInput } from "@/app/_components/password-input";
import { ProblemAlert } from "./problem-alert";
import type { ChangePasswordForm } from "./use-change-password";

type ChangePasswordFieldsProps = {
  email: string;
  passwordForm: ChangePasswordForm;
  currentLabel: string;
  currentHint?: ReactNode;
};

export function ChangePasswordFields(props: ChangePasswordFieldsProps) {
  const { email, passwordForm, currentLabel, currentHint } = props;
  const { field, errors, problem, secondsLeft } = passwordForm;
  return (
    <>
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      {/* Tells password managers whose password this is. */}
      <input hidden readOnly autoComplete="username" value={email} />
      <Field label={currentLabel} hint={currentHint} error={errors.current_password}>
        <PasswordInput {...field("current_password")} autoComplete="current-password" />
      </Field>
      <Field label="New password" error={errors.new_password}>
        <PasswordInput {...field("new_password")} autoComplete="new-password" hasMeter />
      </Field>
    </>
  );
}
