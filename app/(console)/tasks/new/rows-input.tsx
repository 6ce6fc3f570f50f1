"use client";

import { useState } from "react";
import { Alert } from "@/app/_components/alert";
import { formatBytes } from "@/app/admin/models/_parts/units";
import { ChosenRows } from "./chosen-rows";
import { PasteRows } from "./paste-rows";
import type { Rows } from "./rows";
import { RowsDrop } from "./rows-drop";
import { RowsProblem } from "./rows-problem";
import type { Check } from "./use-check";

type RowsInputProps = {
  rows: Rows | null;
  check: Check;
  bytesMax: number;
  rowsMax: number;
  isLocked: boolean;
  onChoose: (rows: Rows) => void;
  onDrop: () => void;
};

const ways = [
  { way: "file", label: "A file" },
  { way: "paste", label: "Paste" },
] as const;
type Way = (typeof ways)[number]["way"];

/** The rows of the task: a file, or pasted. What is wrong with the file as a whole stands below it. */
export function RowsInput({ rows, check, bytesMax, rowsMax, isLocked, onChoose, onDrop }: RowsInputProps) {
  const [way, setWay] = useState<Way>("file");
  const [pasted, setPasted] = useState("");
  const [refused, setRefused] = useState<string>();

  function take(read: Rows | string) {
    setRefused(typeof read === "string" ? read : undefined);
    if (typeof read !== "string") onChoose(read);
  }

  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">Where the rows are</p>
        <fieldset disabled={isLocked} className="flex gap-0.5 rounded-md border bg-sunken p-0.5">
          <legend className="sr-only">Give the rows as</legend>
          {ways.map((each) => (
            <button
              key={each.way}
              type="button"
              aria-pressed={way === each.way}
              onClick={() => {
                setWay(each.way);
                setRefused(undefined);
              }}
              className="h-7 rounded-[5px] px-2.5 font-medium text-[13px] text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-[0_0_0_1px_var(--line)]"
            >
              {each.label}
            </button>
          ))}
        </fieldset>
      </div>
      {way === "file" ? (
        <RowsDrop
          limit={{ bytes: bytesMax, text: formatBytes(bytesMax), rows: rowsMax }}
          isCompact={rows !== null}
          isLocked={isLocked}
          onRead={take}
        />
      ) : (
        <PasteRows text={pasted} onEdit={setPasted} isLocked={isLocked} onRead={take} />
      )}
      {rows && <ChosenRows rows={rows} check={check} isLocked={isLocked} onDrop={onDrop} />}
      {refused && <Alert role="alert" tone="danger" title="These rows cannot be used" text={refused} />}
      {!refused && check.phase === "none" && check.problem && <RowsProblem problem={check.problem} />}
    </div>
  );
}
