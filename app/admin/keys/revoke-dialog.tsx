"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toaster";
import { marksText } from "@/app/(console)/keys/_parts/key-words";
import type { KeyRow } from "./keys-table";

const formId = "revoke-key";
const rules = { reason: notBlank("Say why: the owner has to know what to change.") };

export function RevokeDialog({ row, onClose }: { row: KeyRow; onClose: () => void }) {
  const router = useRouter();
  const form = useApiForm(rules, async ({ reason }) => {
    await api("POST", `/api/v1/admin/keys/${encodeURIComponent(row.id)}/revoke`, { reason });
    toast.success(`${row.name} is revoked`, { description: `${row.owner.name} sees the reason.` });
    onClose();
    router.refresh();
  });
  const { submit, field, errors, problem, secondsLeft, isBusy } = form;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      size="sm"
      title={`Revoke ${row.name}?`}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} variant="danger" isBusy={isBusy} secondsLeft={secondsLeft}>
            Revoke key
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-4">
        <p className="text-muted [&_strong]:font-medium [&_strong]:text-ink">
          Every program that uses <span className="font-mono text-[13px]">{marksText(row)}</span> of{" "}
          <strong>{row.owner.email}</strong> is refused from its next call on. This cannot be undone: the
          owner makes a new key and puts it into the program.
        </p>
        <Field label="Reason" hint="The owner reads it beside the key." error={errors.reason}>
          <Input {...field("reason")} maxLength={200} autoComplete="off" data-autofocus />
        </Field>
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}
