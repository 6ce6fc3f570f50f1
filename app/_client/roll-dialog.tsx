"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { ChoiceCard } from "@/app/_components/choice-card";
import { cn } from "@/app/_components/cn";
import { FormError } from "@/app/_components/form-error";
import { SecretDialog, type SecretKind } from "./secret-dialog";
import { useRunOnce } from "./use-run-once";

type RollDialogProps<Overlap extends number> = {
  kind: SecretKind;
  title: string;
  description: string;
  legend: ReactNode;
  /** In seconds; `note` is what is said of the old secret afterwards. */
  choices: readonly { value: Overlap; label: string; text: string; note: string }[];
  initial: Overlap;
  hint?: string;
  submitLabel: string;
  newTitle: string;
  roll: (overlap: Overlap) => Promise<{ secret: string }>;
  onClose: () => void;
};

/** A new secret in place of one that goes on for a while, so that no program stands still meanwhile. */
export function RollDialog<Overlap extends number>(props: RollDialogProps<Overlap>) {
  const { kind, title, description, onClose } = props;
  const { legend, choices, initial, hint, submitLabel, newTitle } = props;
  const [overlap, setOverlap] = useState(initial);
  const [secret, setSecret] = useState<string>();
  const { failure, isBusy, runOnce } = useRunOnce();
  const roll = () => runOnce(async () => setSecret((await props.roll(overlap)).secret));
  const note = choices.find(({ value }) => value === overlap)?.note;
  return (
    <SecretDialog
      kind={kind}
      made={secret === undefined ? undefined : { title: newTitle, secret, note }}
      title={title}
      description={description}
      submit={
        <Button variant="primary" onClick={roll} isBusy={isBusy}>
          {submitLabel}
        </Button>
      }
      isBusy={isBusy}
      onClose={onClose}
    >
      <div className="space-y-4">
        <fieldset className="space-y-1.5">
          <legend className="font-medium">{legend}</legend>
          <div className={cn("grid gap-2 pt-1.5", choices.length > 3 && "sm:grid-cols-2")}>
            {choices.map(({ value, label, text }) => (
              <ChoiceCard
                key={value}
                value={String(value)}
                label={label}
                text={text}
                radio={{
                  name: "overlap",
                  checked: overlap === value,
                  onChange: () => setOverlap(value),
                  ...(overlap === value ? { "data-autofocus": true } : {}),
                }}
              />
            ))}
          </div>
        </fieldset>
        {hint && <p className="text-[13px] text-muted">{hint}</p>}
        <FormError message={failure} />
      </div>
    </SecretDialog>
  );
}
