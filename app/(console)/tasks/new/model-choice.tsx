"use client";

import { useRouter } from "next/navigation";
import { startTransition, useOptimistic } from "react";
import { Field } from "@/app/_components/field";
import { Select } from "@/app/_components/select";

type ModelChoiceProps = {
  choices: readonly { name: string; title: string }[];
  chosen: string;
  isDisabled: boolean;
};

/** In the address, so that a page about a model can lead here; what was chosen and typed stays. */
export function ModelChoice({ choices, chosen, isDisabled }: ModelChoiceProps) {
  const router = useRouter();
  // The list answers at once, the model when it arrives.
  const [shown, show] = useOptimistic(chosen);
  return (
    <Field label="Model" hint={choices.length > 1 && "Another model checks the same rows again."}>
      <Select
        value={shown}
        disabled={isDisabled}
        options={choices.map(({ name, title }) => ({ value: name, label: title }))}
        onChange={(event) => {
          const model = event.target.value;
          startTransition(() => {
            show(model);
            router.replace(`/tasks/new?${new URLSearchParams({ model })}`, { scroll: false });
          });
        }}
        className="max-w-sm"
      />
    </Field>
  );
}
