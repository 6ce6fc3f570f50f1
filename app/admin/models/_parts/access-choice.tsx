"use client";

import { useId } from "react";
import { Checkbox } from "@/app/_components/checkbox";
import { ChoiceCard } from "@/app/_components/choice-card";
import { FieldFault } from "@/app/_components/field-fault";
import { type Access, accessChoices } from "./model-words";
import { PeoplePicker, type Person } from "./people-picker";

export type PlanName = { id: string; name: string };

/** Both lists are kept while one looks at the other kind. */
export type AccessDraft = { kind: Access["kind"]; plans: readonly string[]; people: readonly Person[] };

export const accessOf = ({ kind, plans, people }: AccessDraft): Access => ({
  kind,
  ids: { everyone: [], plans: [...plans], users: people.map(({ id }) => id) }[kind],
});

export const accessFault = (draft: AccessDraft): string | undefined => {
  if (draft.kind === "plans" && draft.plans.length === 0) return "Choose at least one plan.";
  return draft.kind === "users" && draft.people.length === 0 ? "Choose at least one person." : undefined;
};

type AccessChoiceProps = {
  value: AccessDraft;
  plans: readonly PlanName[];
  fault: string | undefined;
  onChange: (value: AccessDraft) => void;
};

export function AccessChoice({ value, plans, fault, onChange }: AccessChoiceProps) {
  const id = useId();
  const toggle = (plan: string) =>
    onChange({
      ...value,
      plans: value.plans.includes(plan)
        ? value.plans.filter((chosen) => chosen !== plan)
        : [...value.plans, plan],
    });
  return (
    <fieldset className="space-y-3" aria-describedby={`${id}-note ${id}-fault`}>
      <legend className="mb-1.5 font-medium">Who may use it</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {accessChoices.map(({ value: kind, label, text }) => (
          <ChoiceCard
            key={kind}
            radio={{
              name: "access",
              checked: value.kind === kind,
              onChange: () => onChange({ ...value, kind }),
            }}
            value={kind}
            label={label}
            text={text}
          />
        ))}
      </div>
      {value.kind === "plans" && (
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {plans.map((plan) => (
            <Checkbox
              key={plan.id}
              label={<span className="font-normal">{plan.name}</span>}
              checked={value.plans.includes(plan.id)}
              onChange={() => toggle(plan.id)}
            />
          ))}
        </div>
      )}
      {value.kind === "users" && (
        <PeoplePicker people={value.people} onChange={(people) => onChange({ ...value, people })} />
      )}
      <FieldFault id={`${id}-fault`} text={fault} />
      <p id={`${id}-note`} className="text-[13px] text-muted">
        Administrators may use every model. For everybody else a model they may not use does not exist.
      </p>
    </fieldset>
  );
}
