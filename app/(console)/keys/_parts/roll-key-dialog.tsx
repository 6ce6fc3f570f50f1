"use client";

import { RollDialog } from "@/app/_client/roll-dialog";
import { type KeyRow, type Overlap, rollKey } from "./key-calls";
import type { KeySetting } from "./key-dialog";
import { keySecret } from "./key-secret";
import { marksText } from "./key-words";

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

type RollKeyDialogProps = Pick<KeySetting, "baseUrl"> & { row: KeyRow; onClose: () => void };

export function RollKeyDialog({ row, baseUrl, onClose }: RollKeyDialogProps) {
  const marks = marksText(row);
  return (
    <RollDialog
      kind={keySecret(baseUrl)}
      title={`Roll “${row.name}”`}
      description="Makes a new secret with the same rights, limits and end. The old one works on for a while, so that your programs never stand still while you exchange it."
      legend={
        <>
          How long <span className="font-mono font-normal">{marks}</span> still works
        </>
      }
      choices={choices.map(({ until, ...choice }) => ({
        ...choice,
        note: `The old one, ${marks}, ${until}.`,
      }))}
      initial={86_400}
      hint="While both work, they count as one key: limits are not doubled."
      submitLabel="Roll key"
      newTitle={`The new key of “${row.name}”`}
      roll={(overlap) => rollKey(row.id, overlap)}
      onClose={onClose}
    />
  );
}
