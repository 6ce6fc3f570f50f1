"use client";

import type { UseFormReturn } from "react-hook-form";
import { ChoiceCard } from "@/app/_components/choice-card";
import { FieldFault } from "@/app/_components/field-fault";
import type { KeyValues } from "./key-values";
import { unusualWords } from "./key-words";

/** A stolen secret shows in how it is used; this says what happens before anybody looks. */
export function UnusualChoice({ form: { register, formState } }: { form: UseFormReturn<KeyValues> }) {
  const radio = register("unusual");
  const fault = formState.errors.unusual?.message;
  return (
    <fieldset className="space-y-1.5" aria-describedby={fault && "unusual-fault"}>
      <legend className="font-medium">When this key is used quite unlike before</legend>
      <div className="grid gap-2 pt-1.5">
        {unusualWords.map(({ value, label, text }) => (
          <ChoiceCard key={value} radio={radio} value={value} label={label} text={text} />
        ))}
      </div>
      <FieldFault id="unusual-fault" text={fault} />
    </fieldset>
  );
}
