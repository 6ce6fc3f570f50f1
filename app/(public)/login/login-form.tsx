"use client";

import { Fingerprint } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { api, type Problem, signIn } from "@/app/_client/api";
import { OfflineAlert } from "@/app/_client/offline-alert";
import { loadPasskeys, type PasskeyChallenge, showPasskey, useCanPasskeys } from "@/app/_client/passkey";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { required, useApiForm } from "@/app/_client/use-api-form";
import { RiddleNote, useRiddle } from "@/app/_client/use-riddle";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { PasswordInput } from "@/app/_components/password-input";

type Credentials = { email: string; password: string };

const rules = {
  email: required("Enter your e-mail address."),
  password: required("Enter your password."),
};

type LoginFormProps = {
  /** Why a later step led back here. */
  earlier: Problem | undefined;
  canRegister: boolean;
  /** Other services to sign in through. */
  services: ReactNode;
  /** A session, or the refusal that asks for the next step. */
  onSignedIn: () => Promise<void>;
  onRefused: (error: unknown) => never;
};

export function LoginForm({ earlier, canRegister, services, onSignedIn, onRefused }: LoginFormProps) {
  const passwordInput = useRef<HTMLInputElement>(null);
  const { isSolving, withRiddle } = useRiddle();
  const form = useApiForm<Credentials>(rules, send);
  const { submit, field, errors, secondsLeft, isBusy } = form;
  const problem = form.problem ?? (isBusy ? undefined : earlier);

  async function send(credentials: Credentials) {
    await withRiddle((solved) => signIn({ ...credentials, ...solved })).catch(onRefused);
    await onSignedIn();
  }

  const isWrong = problem?.code === "auth.invalid_credentials";
  useEffect(() => {
    if (!isWrong) return;
    passwordInput.current?.focus();
    passwordInput.current?.select();
  }, [isWrong]);

  return (
    <div className="space-y-4">
      {/* Should the browser ever send it by itself, the password must not end up in the address. */}
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
        <RiddleNote isSolving={isSolving} />
        <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
          Sign in
        </SubmitButton>
      </form>
      <p className="flex flex-wrap justify-between gap-x-4 gap-y-2 text-[13px]">
        <Link href="/forgot" prefetch={false} className={linkClass}>
          Forgot your password?
        </Link>
        {canRegister && (
          <Link href="/register" prefetch={false} className={linkClass}>
            Make an account
          </Link>
        )}
      </p>
      <div className="space-y-2 border-t pt-4">
        <PasskeySignIn onSignedIn={onSignedIn} />
        {services}
      </div>
    </div>
  );
}

const linkClass = "rounded-sm font-medium text-accent-ink underline-offset-4 hover:underline";

/** Without a password: the device proves who somebody is, and that it is them. */
function PasskeySignIn({ onSignedIn }: Pick<LoginFormProps, "onSignedIn">) {
  const canPasskeys = useCanPasskeys();
  const { failure, isBusy, runOnce } = useRunOnce();

  async function run() {
    const challenge = await api<PasskeyChallenge>("POST", "/api/auth/passkey/options");
    const passkey = JSON.stringify(await showPasskey(challenge));
    await signIn({ challenge_id: challenge.challenge_id, passkey });
    await onSignedIn();
  }

  if (!canPasskeys) return null;
  return (
    <>
      {failure && <Alert role="alert" tone="warning" title="Not signed in" text={failure} />}
      <Button
        className="w-full"
        isBusy={isBusy}
        onPointerEnter={loadPasskeys}
        onFocus={loadPasskeys}
        onClick={() => runOnce(run)}
      >
        <Fingerprint aria-hidden="true" />
        Sign in with a passkey
      </Button>
    </>
  );
}
