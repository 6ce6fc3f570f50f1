"use client";

import type { UseFormReturn } from "react-hook-form";
import { Checkbox } from "@/app/_components/checkbox";
import { ChoiceCard } from "@/app/_components/choice-card";
import { FieldFault } from "@/app/_components/field-fault";
import type { KeyScope } from "@/lib/core/scopes";
import type { KeyValues } from "./key-values";
import { customPreset, presets, scopeWords } from "./key-words";

type ScopeChoiceProps = { form: UseFormReturn<KeyValues>; scopes: readonly KeyScope[] };

/** What most keys are for, as cards; one by one for those who want it exact. */
export function ScopeChoice({ form, scopes }: ScopeChoiceProps) {
  const { register, setValue, watch, formState } = form;
  const fault = formState.errors.scopes?.message;
  const preset = register("preset", {
    onChange: ({ target }) => {
      const chosen = presets.find(({ value }) => value === target.value);
      // "Choose one by one" starts from what was chosen before it.
      if (chosen) setValue("scopes", [...chosen.scopes], { shouldValidate: fault !== undefined });
    },
  });
  return (
    <fieldset className="space-y-1.5" aria-describedby={fault && "scopes-fault"}>
      <legend className="font-medium">What it may do</legend>
      <div className="grid gap-2 pt-1.5 sm:grid-cols-2">
        {presets.map(({ value, label, text }) => (
          <ChoiceCard key={value} radio={preset} value={value} label={label} text={text} />
        ))}
        <ChoiceCard
          radio={preset}
          value={customPreset}
          label="Choose one by one"
          text="Exactly what it needs and nothing else."
        />
      </div>
      {watch("preset") === customPreset && (
        <div className="space-y-3 rounded-md border px-4 py-3">
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={scopeWords[scope].label}
              hint={scopeWords[scope].text}
              value={scope}
              {...register("scopes", {
                validate: (chosen) => chosen.length > 0 || "Choose at least one thing that it may do.",
              })}
            />
          ))}
        </div>
      )}
      <FieldFault id="scopes-fault" text={fault} />
    </fieldset>
  );
}
