"use client";

import { useId } from "react";
import { AppSetup, type NewTotp } from "@/app/_client/app-setup";
import { CodeInput } from "@/app/_client/code-input";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { CodesDialog } from "./codes-dialog";
import { confirmApp } from "./factor-calls";
import { useFinish } from "./use-finish";

const done = "Authenticator app connected";
const rules = { code: notBlank("Enter the code that the app shows.") };

type ConnectAppDialogProps = { setup: NewTotp; onClose: () => void };

export function ConnectAppDialog({ setup, onClose }: ConnectAppDialogProps) {
  const formId = useId();
  const { codes, finish } = useFinish(done, onClose);
  const form = useApiForm<{ code: string }>(rules, async ({ code }) => finish(await confirmApp(code.trim())));
  const { submit, field, errors, problem, secondsLeft, isBusy } = form;
  return (
    <CodesDialog
      codes={codes}
      done={done}
      onClose={onClose}
      isLocked={isBusy}
      size="sm"
      title="Connect an authenticator app"
      description="When it is connected, your other devices are signed out and sign in with it."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Connect
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <AppSetup setup={setup} />
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
        <Field
          label="Code"
          hint="The six digits that the app shows now: it proves that connecting worked."
          error={errors.code}
        >
          <CodeInput {...field("code")} data-autofocus kind="totp" />
        </Field>
      </form>
    </CodesDialog>
  );
}
