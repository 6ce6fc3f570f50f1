"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { useApiForm } from "@/app/_client/use-api-form";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toaster";
import { countOf } from "@/app/admin/_parts/count";
import type { AboutUser } from "./about-user";

const formId = "grant-units";
const most = 1_000_000_000;

function unitsFault(text: string): string | undefined {
  if (!/^\d+$/.test(text.trim())) return "Write a whole number.";
  const units = Number(text);
  return units < 1 || units > most ? "From 1 to 1,000,000,000." : undefined;
}

type GrantDialogProps = Pick<AboutUser, "user"> & { hasQuota: boolean; onClose: () => void };

export function GrantDialog({ user, hasQuota, onClose }: GrantDialogProps) {
  const router = useRouter();
  const rules = { units: unitsFault, note: () => undefined };
  const form = useApiForm<Record<keyof typeof rules, string>>(rules, async ({ units, note }) => {
    const text = note.trim();
    const body = { units: Number(units), ...(text === "" ? {} : { note: text }) };
    await api("POST", `/api/v1/admin/users/${user.id}/grants`, body);
    toast.success(`${user.name} has ${countOf(Number(units), "extra unit")}`, {
      description: "They count from the next call on.",
    });
    router.refresh();
    onClose();
  });
  const { submit, field, errors, problem, secondsLeft, isBusy } = form;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      size="sm"
      title={`Grant units to ${user.name}`}
      description="On top of the quota of the plan, for this month only (UTC). It cannot be taken back."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Grant units
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        {!hasQuota && (
          <Alert
            title="The plan has no quota"
            text="So there is nothing to add to. The units are kept for the case that the plan gets one this month."
          />
        )}
        <Field label="Units" hint="A unit is one predicted row." error={errors.units}>
          <Input {...field("units")} inputMode="numeric" autoComplete="off" className="tabular-nums" />
        </Field>
        <Field label="Why" isOptional hint="Kept with the grant and in the audit log." error={errors.note}>
          <Input {...field("note")} maxLength={200} autoComplete="off" />
        </Field>
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}
