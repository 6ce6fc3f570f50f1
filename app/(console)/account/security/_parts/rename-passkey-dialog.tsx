"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toast";
import { nameRules } from "./add-passkey-dialog";
import { type PasskeyView, renamePasskey } from "./factor-calls";

type RenamePasskeyDialogProps = { passkey: PasskeyView; onClose: () => void };

export function RenamePasskeyDialog({ passkey, onClose }: RenamePasskeyDialogProps) {
  const router = useRouter();
  const formId = useId();
  const { submit, field, errors, problem, isBusy } = useApiForm<{ name: string }>(nameRules, rename);

  async function rename({ name }: { name: string }) {
    await renamePasskey(passkey.id, name);
    toast.success("Passkey renamed");
    router.refresh();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      size="sm"
      title="Rename the passkey"
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy}>
            Save
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <ProblemAlert problem={problem} />
        <Field label="Name" error={errors.name}>
          <Input
            {...field("name")}
            defaultValue={passkey.name}
            maxLength={60}
            autoComplete="off"
            data-autofocus
          />
        </Field>
      </form>
    </Dialog>
  );
}
