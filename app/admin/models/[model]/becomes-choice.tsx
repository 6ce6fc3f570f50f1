"use client";

import { ChoiceCard } from "@/app/_components/choice-card";
import type { CreateVersion } from "@/lib/models/schema";

export type Becomes = CreateVersion["becomes"];

const choices: readonly { value: Becomes; label: string; text: string }[] = [
  { value: "stable", label: "In use at once", text: "Everybody gets it from the next call on." },
  { value: "next", label: "On trial", text: "Only callers who ask for “next” get it." },
  { value: "nothing", label: "Not yet", text: "It waits among the versions, and is called by its number." },
];

type BecomesChoiceProps = { value: Becomes; onChange: (value: Becomes) => void };

export const BecomesChoice = ({ value, onChange }: BecomesChoiceProps) => (
  <fieldset>
    <legend className="mb-1.5 font-medium">What it becomes</legend>
    <div className="grid gap-2 sm:grid-cols-3">
      {choices.map((choice) => (
        <ChoiceCard
          key={choice.value}
          radio={{
            name: "becomes",
            checked: value === choice.value,
            onChange: () => onChange(choice.value),
          }}
          value={choice.value}
          label={choice.label}
          text={choice.text}
        />
      ))}
    </div>
  </fieldset>
);
