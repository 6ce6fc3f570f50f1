"use client";

import { useEffect, useRef } from "react";
import { signIn } from "@/app/_client/api";
import { OfflineAlert } from "@/app/_client/offline-alert";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { leaveTo, required, useApiForm } from "@/app/_client/use-api-form";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { PasswordInput } from "@/app/_components/password-input";

type Credentials = { email: string; password: string };

const rules = {
  email: required("Enter your e-mail address."),
  password: required("Enter your password."),
};

export function LoginForm({ next }: { next: string | null }) {
  const passwordInput = useRef<HTMLInputElement>(null);
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Credentials>(rules, send);

  async function send({ email, password }: Credentials) {
    await signIn(email, password);
    // The page asks for an own password where that is due, and passes everybody else on.
    await leaveTo(next ? `/welcome?${new URLSearchParams({ next })}` : "/welcome");
  }

  const isWrong = problem?.code === "auth.invalid_credentials";
  useEffect(() => {
    if (!isWrong) return;
    passwordInput.current?.focus();
    passwordInput.current?.select();
  }, [isWrong]);

  return (
    // Should the browser ever send it by itself, the password must not end up in the address.
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <OfflineAlert />
      <ProblemAlert
        problem={problem}
        secondsLeft={secondsLeft}
        text={isWrong ? "Check both and try again." : undefined}
      />
      <Field label="E-mail" error={errors.email}>
        {/* Not type="email": Chrome rewrites addresses with letters outside ASCII there. */}
        <Input
          {...field("email")}
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
        />
      </Field>
      <Field label="Password" error={errors.password}>
        <PasswordInput {...field("password")} ref={passwordInput} autoComplete="current-password" />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Sign in
      </SubmitButton>
    </form>
  );
}
