"use client";

import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Textarea } from "@/app/_components/textarea";
import { useIsReady } from "@/app/_components/use-is-ready";
import { type Rows, rowsOfText } from "./rows";

type PasteRowsProps = {
  text: string;
  onEdit: (text: string) => void;
  isLocked: boolean;
  onRead: (rows: Rows | string) => void;
};

export function PasteRows({ text, onEdit, isLocked, onRead }: PasteRowsProps) {
  const isReady = useIsReady();
  return (
    <div className="space-y-3">
      <Field
        label="Rows"
        hint="CSV with a line of names, cells copied from a spreadsheet, a JSON object per line, or a JSON list."
      >
        <Textarea
          rows={8}
          spellCheck={false}
          autoCapitalize="none"
          disabled={isLocked}
          value={text}
          onChange={(event) => onEdit(event.target.value)}
          className="font-mono text-[13px] sm:text-[13px]"
        />
      </Field>
      <Button disabled={isLocked || !isReady} onClick={() => onRead(rowsOfText(text))}>
        Check these rows
      </Button>
    </div>
  );
}
