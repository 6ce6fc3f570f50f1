"use client";

import type { UseFormReturn } from "react-hook-form";
import { Alert } from "@/app/_components/alert";
import { Field } from "@/app/_components/field";
import { formatExact } from "@/app/_components/format-time";
import { Select, type SelectOption } from "@/app/_components/select";
import { type KeyValues, keepExpiry } from "./key-values";

const spans: readonly SelectOption[] = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In 1 year" },
  { value: "never", label: "Never" },
];

type ExpiryChoiceProps = { form: UseFormReturn<KeyValues>; expiresAt: string | null | undefined };

export function ExpiryChoice({ form, expiresAt }: ExpiryChoiceProps) {
  const { register, watch, formState } = form;
  const kept = expiresAt === undefined ? [] : [{ value: keepExpiry, label: keptLabel(expiresAt) }];
  const chosen = watch("expiry");
  return (
    <div className="space-y-2">
      <Field
        label="Stops working"
        error={formState.errors.expiry?.message}
        hint={
          expiresAt === undefined
            ? "90 days is what fits most: a key that is forgotten somewhere stops by itself, and rolling it before then takes a minute."
            : chosen !== keepExpiry && "Counted from now."
        }
      >
        <Select options={[...kept, ...spans]} {...register("expiry")} />
      </Field>
      {chosen === "never" && (
        <Alert
          role="status"
          tone="warning"
          title="A key without an end"
          text="Whoever finds it in an old backup or log can use it for as long as nobody notices. Give it an end if you can, or limit where it may be used from."
        />
      )}
    </div>
  );
}

const keptLabel = (expiresAt: string | null): string =>
  expiresAt === null ? "Never, as now" : `${formatExact(Date.parse(expiresAt))}, as now`;
