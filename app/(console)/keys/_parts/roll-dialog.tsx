"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { FormError } from "@/app/_components/form-error";
import { ChoiceCard } from "./choice-card";
import { type KeyRow, type KeyWithSecret, type Overlap, rollKey } from "./key-calls";
import type { KeySetting } from "./key-dialog";
import { marksText } from "./key-words";
import { SecretDialog } from "./secret-dialog";

const choices: readonly { value: Overlap; label: string; text: string; until: string }[] = [
  {
    value: 0,
    label: "No time at all",
    text: "The old one stops at once: when somebody else may have it.",
    until: "does not work any more",
  },
  { value: 3_600, label: "1 hour", text: "You exchange it right now.", until: "works for one more hour" },
  {
    value: 86_400,
    label: "1 day",
    text: "Time for one or two programs.",
    until: "works for one more day",
  },
  {
    value: 604_800,
    label: "1 week",
    text: "Time to ask others to exchange it too.",
    until: "works for one more week",
  },
];

type RollDialogProps = Pick<KeySetting, "baseUrl"> & { row: KeyRow; onClose: () => void };

export function RollDialog({ row, baseUrl, onClose }: RollDialogProps) {
  const router = useRouter();
  const [overlap, setOverlap] = useState<Overlap>(86_400);
  const [made, setMade] = useState<KeyWithSecret>();
  const { failure, isBusy, runOnce } = useRunOnce();
  const marks = marksText(row);

  const roll = () => runOnce(async () => setMade(await rollKey(row.id, overlap)));

  /** Not before: another list could take the dialog away, and with it a secret nobody has stored. */
  function close() {
    onClose();
    if (made) router.refresh();
  }

  return (
    <SecretDialog
      made={
        made && {
          title: `The new key of “${row.name}”`,
          secret: made.secret,
          note: `The old one, ${marks}, ${choices.find(({ value }) => value === overlap)?.until}.`,
        }
      }
      baseUrl={baseUrl}
      onClose={close}
      isLocked={isBusy}
      title={`Roll “${row.name}”`}
      description="Makes a new secret with the same rights, limits and end. The old one works on for a while, so that your programs never stand still while you exchange it."
      footer={
        <>
          <Button onClick={close} disabled={isBusy}>
            Cancel
          </Button>
          <Button variant="primary" onClick={roll} isBusy={isBusy}>
            Roll key
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <fieldset className="space-y-1.5">
          <legend className="font-medium">
            How long <span className="font-mono font-normal">{marks}</span> still works
          </legend>
          <div className="grid gap-2 pt-1.5 sm:grid-cols-2">
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
        <p className="text-[13px] text-muted">
          While both work, they count as one key: limits are not doubled.
        </p>
        <FormError message={failure} />
      </div>
    </SecretDialog>
  );
}
