"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { cn } from "@/app/_components/cn";
import { useIsReady } from "@/app/_components/use-is-ready";
import { formatNumber } from "@/app/admin/_parts/count";
import { acceptedFiles, type Rows, rowsOfFile } from "./rows";

type RowsDropProps = {
  limit: { bytes: number; text: string; rows: number };
  /** When there is a file already, and this is for another one. */
  isCompact: boolean;
  isLocked: boolean;
  onRead: (rows: Rows | string) => void;
};

/** A file by dropping it or by the dialog of the browser; the keyboard reaches it as a field. */
export function RowsDrop({ limit, isCompact, isLocked, onRead }: RowsDropProps) {
  const [isOver, setIsOver] = useState(false);
  const isReady = useIsReady();
  const isOpen = isReady && !isLocked;

  async function choose(file: File | undefined) {
    if (file && isOpen) onRead(await rowsOfFile(file, limit));
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    void choose(event.dataTransfer.files[0]);
  }

  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex flex-col items-center gap-1 rounded-lg border border-dashed border-edge px-6 text-center transition-colors hover:border-accent",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        isCompact ? "py-4" : "py-10",
        isOver && "border-accent bg-accent-soft",
      )}
    >
      <input
        type="file"
        accept={acceptedFiles}
        disabled={!isOpen}
        aria-label="The file with the rows, CSV or JSON lines"
        className="sr-only"
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          // Choosing the same file again, after mending it, has to count as a choice.
          event.target.value = "";
        }}
      />
      {!isCompact && <FileUp aria-hidden="true" className="mb-2 size-6 text-muted" />}
      <span className="font-medium">
        {isCompact ? "Drop another file here, or " : "Drop a CSV or JSONL file here, or "}
        <span className="text-accent-ink underline underline-offset-4">choose one</span>
      </span>
      {!isCompact && (
        <span className="text-[13px] text-muted">
          Up to {formatNumber(limit.rows)} rows and {limit.text}, in UTF-8. A CSV begins with a line of names.
        </span>
      )}
    </label>
  );
}
