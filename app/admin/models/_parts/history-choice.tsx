"use client";

import { ChoiceCard } from "@/app/_components/choice-card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { type History, historyChoices } from "./model-words";

/** The days are text while they are being written. */
export type HistoryDraft = { kind: History["kind"]; days: string };

export const daysFault = ({ kind, days }: HistoryDraft): string | undefined =>
  kind === "never" || (/^\d+$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= 365)
    ? undefined
    : "Write a whole number from 1 to 365.";

export const historyOf = ({ kind, days }: HistoryDraft, usualDays = 30): History => ({
  kind,
  days: kind === "never" && daysFault({ kind: "kept", days }) ? usualDays : Number(days),
});

type HistoryChoiceProps = {
  value: HistoryDraft;
  fault: string | undefined;
  onChange: (value: HistoryDraft) => void;
};

export function HistoryChoice({ value, fault, onChange }: HistoryChoiceProps) {
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 font-medium">What is kept of the inputs and outputs of each call</legend>
      <div className="grid gap-2 lg:grid-cols-3">
        {historyChoices.map(({ value: kind, label, text }) => (
          <ChoiceCard
            key={kind}
            radio={{
              name: "history",
              checked: value.kind === kind,
              onChange: () => onChange({ ...value, kind }),
            }}
            value={kind}
            label={label}
            text={text}
          />
        ))}
      </div>
      {value.kind !== "never" && (
        <Field label="For so many days" hint="From 1 to 365." error={fault}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={value.days}
            onChange={(event) => onChange({ ...value, days: event.target.value })}
            className="w-24"
          />
        </Field>
      )}
    </fieldset>
  );
}
