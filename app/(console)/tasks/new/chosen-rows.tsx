"use client";

import { FileText, X } from "lucide-react";
import { useId } from "react";
import type { Progress } from "@/app/_client/progress-meter";
import { IconButton } from "@/app/_components/icon-button";
import { countOf } from "@/app/admin/_parts/count";
import { formatBytes } from "@/app/admin/models/_parts/units";
import { ProgressBar } from "../_parts/progress-bar";
import type { Rows } from "./rows";
import type { Check } from "./use-check";

type ChosenRowsProps = { rows: Rows; check: Check; isLocked: boolean; onDrop: () => void };

/** The file that was chosen, and how far the check of it is. */
export function ChosenRows({ rows, check, isLocked, onDrop }: ChosenRowsProps) {
  const id = useId();
  return (
    <div className="rounded-lg border bg-surface px-4 py-3">
      <div className="flex items-start gap-3">
        <FileText aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <p id={id} className="truncate font-medium">
            {rows.label}
          </p>
          {/* The phase alone is read out: numbers change many times a second. */}
          <p role="status" className="text-[13px] text-muted">
            {phaseText(rows, check)}
          </p>
        </div>
        {!isLocked && (
          <IconButton label={`Remove ${rows.label}`} onClick={onDrop} className="-mt-1 -mr-2">
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {(check.phase === "sending" || check.phase === "reading") && (
        <ProgressBar
          labelledBy={id}
          percent={check.phase === "sending" ? sentPercent(check.progress) : undefined}
          className="mt-3"
        />
      )}
    </div>
  );
}

export const sentPercent = ({ sent, total }: Progress): number =>
  total === 0 ? 0 : Math.floor((sent / total) * 100);

function phaseText({ body }: Rows, check: Check): string {
  if (check.phase === "none") return `${formatBytes(body.size)}, not checked`;
  if (check.phase === "reading") return "Every row is being checked";
  if (check.phase !== "checked") return `Sending ${formatBytes(body.size)}`;
  const { rows, rows_faulty } = check.estimate;
  return rows_faulty === 0
    ? `${countOf(rows, "row")}, all of them fit the model`
    : `${countOf(rows, "row")}, ${countOf(rows_faulty, "row")} with faults`;
}
