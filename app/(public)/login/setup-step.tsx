"use client";

import { useEffect, useRef, useState } from "react";
import { api, type Problem, signIn, toProblem } from "@/app/_client/api";
import { AppSetup, type NewTotp } from "@/app/_client/app-setup";
import { CodeInput } from "@/app/_client/code-input";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { RecoveryCodes } from "@/app/_client/recovery-codes";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Skeleton } from "@/app/_components/skeleton";
import { isOver } from "./factor-step";

type SetupStepProps = {
  pending: string;
  onSignedIn: () => Promise<void>;
  onBack: (problem?: Problem) => void;
  onCodes: (codes: string[]) => void;
};

/** For people whose role needs a second factor and who have none yet: they make one on their way in. */
export function SetupStep({ pending, onSignedIn, onBack, onCodes }: SetupStepProps) {
  const [setup, setSetup] = useState<NewTotp>();
  const codeInput = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState<Problem>();
  const rules = { code: notBlank("Enter the code that the app shows.") };
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<{ code: string }>(
    rules,
    confirm,
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a begun sign-in, or the secret would change under the reader's hands
  useEffect(() => {
    let isGone = false;
    api<NewTotp>("POST", "/api/auth/mfa/setup", { pending }).then(
      (made) => !isGone && setSetup(made),
      (error: unknown) => {
        if (isGone) return;
        if (isOver(error)) onBack(error.problem);
        else setFailed(toProblem(error));
      },
    );
    return () => {
      isGone = true;
    };
  }, [pending]);

  // Without moving the picture out of sight on a phone.
  useEffect(() => {
    if (setup) codeInput.current?.focus({ preventScroll: true });
  }, [setup]);

  async function confirm({ code }: { code: string }) {
    try {
      await signIn({ pending, code: code.replaceAll(/\s/g, "") });
    } catch (error) {
      if (isOver(error)) return onBack(error.problem);
      throw error;
    }
    // Signed in from here on; without codes one goes on all the same, and the account page offers them.
    const made = await api<{ recovery_codes: string[] }>("POST", "/api/auth/mfa/recovery-codes").catch(
      () => null,
    );
    if (made) onCodes(made.recovery_codes);
    else await onSignedIn();
  }

  if (!setup) {
    return (
      <div className="space-y-4">
        <ProblemAlert problem={failed} />
        {failed ? <StartAgain onBack={onBack} /> : <SetupSkeleton />}
      </div>
    );
  }
  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <AppSetup setup={setup} />
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      <Field label="Code" hint="The six digits that the app shows now." error={errors.code}>
        <CodeInput {...field("code")} ref={codeInput} kind="totp" />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Connect and sign in
      </SubmitButton>
      <StartAgain onBack={onBack} />
    </form>
  );
}

const StartAgain = ({ onBack }: Pick<SetupStepProps, "onBack">) => (
  <Button variant="link" size="sm" onClick={() => onBack()}>
    Start again
  </Button>
);

const SetupSkeleton = () => (
  <div role="status" className="space-y-4">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-10" />
    <Skeleton className="mx-auto size-44" />
    <Skeleton className="h-14" />
    <Skeleton className="h-9" />
  </div>
);

/** The last step: nothing is lost by leaving here, but nobody should without having stored them. */
export function CodesStep({ codes, onDone }: { codes: string[]; onDone: () => Promise<void> }) {
  const [isStored, setIsStored] = useState(false);
  return (
    <div className="space-y-4">
      <RecoveryCodes codes={codes} onStoredChange={setIsStored} />
      <Button variant="primary" className="w-full" disabled={!isStored} onClick={onDone}>
        Go on
      </Button>
    </div>
  );
}
