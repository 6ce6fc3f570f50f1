"use client";

import { useEffect, useId } from "react";
import { loadPasskeys } from "@/app/_client/passkey";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { CodesDialog } from "./codes-dialog";
import { addPasskey } from "./factor-calls";
import { useFinish } from "./use-finish";

const done = "Passkey added";

type AddPasskeyDialogProps = { device: string; onClose: () => void };

export function AddPasskeyDialog({ device, onClose }: AddPasskeyDialogProps) {
  const formId = useId();
  const { codes, finish } = useFinish(done, onClose);
  const form = useApiForm<{ name: string }>(nameRules, async ({ name }) => finish(await addPasskey(name)));
  const { submit, field, errors, problem, secondsLeft, isBusy } = form;
  // Browsers ask for a passkey only shortly after a press.
  useEffect(() => void loadPasskeys().catch(() => {}), []);
  return (
    <CodesDialog
      codes={codes}
      done={done}
      onClose={onClose}
      isLocked={isBusy}
      size="sm"
      title="Add a passkey"
      description="Your browser asks where to keep it: in this device, in a phone, in a password manager or on a security key."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Go on
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
        <Field label="Name" hint="By which you will know it in the list." error={errors.name}>
          <Input {...field("name")} defaultValue={device} maxLength={60} autoComplete="off" data-autofocus />
        </Field>
      </form>
    </CodesDialog>
  );
}

export const nameRules = { name: notBlank("Give it a name, such as the device it is on.") };
