"use client";

import { useEffect, useRef } from "react";
import { Field } from "@/app/_components/field";
import { PasswordInput } from "@/app/_components/password-input";
import { CodeInput } from "./code-input";
import { ProblemAlert } from "./problem-alert";
import { SubmitButton } from "./submit-button";
import { notBlank, required, useApiForm } from "./use-api-form";

export type TypedMethod = "password" | "totp" | "recovery_code";
/** As the API wants it: a recovery code stands where a code of the app would. */
export type Typed = { password: string } | { code: string };

const words = {
  password: { label: "Password", hint: undefined, missing: required("Enter your password.") },
  totp: {
    label: "Code",
    hint: "The six digits that your authenticator app shows now.",
    missing: notBlank("Enter the code that the app shows."),
  },
  recovery_code: {
    label: "Recovery code",
    hint: "One of the codes you stored when you set this up. Each works once.",
    missing: notBlank("Enter one of your recovery codes."),
  },
};

type TypedProofProps = {
  method: TypedMethod;
  email?: string | undefined;
  submitLabel: string;
  send: (typed: Typed) => Promise<void>;
};

export function TypedProof({ method, email, submitLabel, send }: TypedProofProps) {
  const input = useRef<HTMLInputElement>(null);
  const { label, hint, missing } = words[method];
  const name = method === "password" ? "password" : "code";
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Record<string, string>>(
    { [name]: missing },
    ({ password, code }) => send(password === undefined ? { code: tidy(code ?? "", method) } : { password }),
  );
  const error = errors[name];

  useEffect(() => {
    input.current?.focus();
  }, []);
  useEffect(() => {
    if (problem) input.current?.select();
  }, [problem]);

  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} text={problem && advice[problem.code]} />
      {method === "password" ? (
        <>
          <input hidden readOnly autoComplete="username" value={email ?? ""} />
          <Field label={label} error={error}>
            <PasswordInput {...field(name)} ref={input} data-autofocus autoComplete="current-password" />
          </Field>
        </>
      ) : (
        <Field label={label} hint={hint} error={error}>
          <CodeInput {...field(name)} ref={input} data-autofocus kind={method} />
        </Field>
      )}
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        {submitLabel}
      </SubmitButton>
    </form>
  );
}

const advice: Record<string, string> = {
  "auth.wrong_code":
    "A code works once and for about half a minute: wait for the next one in the app. A recovery code works once, too.",
};

/** Apps show "123 456", and people type what they see. */
const tidy = (code: string, method: TypedMethod): string =>
  method === "totp" ? code.replaceAll(/\s/g, "") : code.trim();
