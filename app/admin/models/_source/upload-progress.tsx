"use client";

import { useId } from "react";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { formatBytes, formatSecondsLeft } from "../_parts/units";
import type { UploadState } from "./use-upload";

type Running = Exclude<UploadState, { phase: "idle" }>;
type UploadProgressProps = { state: Running; onCancel: () => void };

const phaseWords = {
  hashing: "Taking its fingerprint",
  sending: "Sending",
  reading: "The app reads the model",
};

export function UploadProgress({ state, onCancel }: UploadProgressProps) {
  const id = useId();
  const { phase, fileName, progress } = state;
  const percent = progress.total === 0 ? 0 : Math.floor((progress.sent / progress.total) * 100);
  return (
    <div className="rounded-lg border bg-surface px-5 py-4">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p id={id} className="truncate font-medium">
            {fileName}
          </p>
          {/* The phase alone is read out: numbers change many times a second. */}
          <p role="status" className="text-muted">
            {phaseWords[phase]}
          </p>
        </div>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={phase === "sending" ? percent : undefined}
        className="mt-3 h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={cn("h-2 rounded-full bg-accent", phase !== "sending" && "animate-pulse")}
          style={{ width: phase === "hashing" ? "2%" : `${Math.max(2, percent)}%` }}
        />
      </div>
      <p className="mt-2 min-h-5 text-[13px] text-muted tabular-nums">{progressWords(state)}</p>
    </div>
  );
}

/** "12.4 MB of 80 MB, 3.1 MB a second, 20 seconds left" */
function progressWords({ phase, progress }: Running): string {
  const { sent, total, bytesPerSecond, secondsLeft } = progress;
  if (phase === "reading") return "Its inputs and outputs are read in a process of its own.";
  return [
    `${formatBytes(sent)} of ${formatBytes(total)}`,
    bytesPerSecond !== null && `${formatBytes(bytesPerSecond)} a second`,
    secondsLeft !== null && `${formatSecondsLeft(secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(", ");
}
