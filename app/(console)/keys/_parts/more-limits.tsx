"use client";

import { ChevronRight } from "lucide-react";
import type { UseFormReturn } from "react-hook-form";
import { Explain } from "@/app/_components/explain";
import { Field } from "@/app/_components/field";
import { FieldFault } from "@/app/_components/field-fault";
import { Input } from "@/app/_components/input";
import {
  cidrsFault,
  type KeyOwner,
  type KeyValues,
  limitFault,
  limitLabels,
  limitNames,
  modelsFault,
} from "./key-values";

export const isInMoreLimits = ["models", "cidrs", ...limitNames] as const;

type MoreLimitsProps = {
  form: UseFormReturn<KeyValues>;
  plan: KeyOwner["plan"];
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
};

/** Folded away: most keys need none of it. */
export function MoreLimits({ form, plan, isOpen, onOpen }: MoreLimitsProps) {
  const { register, formState } = form;
  const { errors } = formState;
  const text = { autoComplete: "off", spellCheck: false, autoCapitalize: "none", className: "font-mono" };
  return (
    <details
      open={isOpen}
      onToggle={(event) => onOpen(event.currentTarget.open)}
      className="group rounded-md border"
    >
      <summary className="flex min-h-10 list-none items-center gap-2 rounded-md px-3 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 text-muted group-open:rotate-90" />
        More limits
        <span className="hidden font-normal text-muted sm:inline">for a key that leaves your hands</span>
      </summary>
      <div className="space-y-5 border-t px-4 py-4">
        <Field
          label="Allowed models"
          isOptional
          error={errors.models?.message}
          hint="Names separated by commas. Empty: all that you may use."
        >
          <Input
            {...text}
            placeholder="iris, churn-2026"
            {...register("models", { validate: modelsFault })}
          />
        </Field>
        <Field
          label="Allowed networks"
          isOptional
          error={errors.cidrs?.message}
          hint={
            <>
              Addresses or{" "}
              <Explain text="A range such as 192.0.2.0/24 stands for all addresses that begin with 192.0.2.">
                ranges
              </Explain>{" "}
              separated by commas. From anywhere else the key is refused. Empty: from anywhere.
            </>
          }
        >
          <Input
            {...text}
            placeholder="192.0.2.7, 198.51.100.0/24"
            {...register("cidrs", { validate: cidrsFault })}
          />
        </Field>
        <div className="grid gap-x-3 gap-y-5 sm:grid-cols-3">
          {limitNames.map((name) => (
            <Field key={name} label={limitLabels[name]} hint={planHint(plan.limits[name])}>
              <Input
                inputMode="numeric"
                autoComplete="off"
                aria-invalid={errors[name] !== undefined}
                aria-describedby={errors[name] && `${name}-fault`}
                {...register(name, { validate: (value) => limitFault(value, plan.limits[name], plan.name) })}
              />
            </Field>
          ))}
        </div>
        {/* Below all three: a column is too narrow for a sentence. */}
        {limitNames.map((name) => (
          <FieldFault
            key={name}
            id={`${name}-fault`}
            text={errors[name]?.message && `${limitLabels[name]}: ${errors[name].message}`}
          />
        ))}
        <p className="text-[13px] text-muted">
          These bind this key alone; what your plan {plan.name} allows is shared by all your keys. Empty: only
          the plan counts.
        </p>
      </div>
    </details>
  );
}

const numbers = new Intl.NumberFormat("en-US");

const planHint = (most: number | null): string =>
  most === null ? "Your plan: no limit." : `Your plan: ${numbers.format(most)}.`;
