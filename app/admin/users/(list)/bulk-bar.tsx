"use client";

import { X } from "lucide-react";
import { Button } from "@/app/_components/button";
import { IconButton } from "@/app/_components/icon-button";
import { useLate } from "@/app/_components/use-late";
import { countOf } from "@/app/admin/_parts/count";
import type { UserRow } from "../_parts/user-calls";
import { affectedBy, type BulkAction, bulkActions } from "./bulk-actions";

const load = () => import("./bulk-dialog");
type Choice = { action: BulkAction; users: UserRow[] };

type BulkBarProps = { users: readonly UserRow[]; selfId: string; onClear: () => void };

/** Stays at the lower left while rows are selected, clear of the messages at the right; each button says how many it would change. */
export function BulkBar({ users, selfId, onClear }: BulkBarProps) {
  // What was confirmed stays the same while the rows behind it change.
  const { opened, open, close } = useLate<typeof load, Choice>(load);
  const offered = bulkActions
    .map((action) => ({ action, affected: affectedBy(action, users) }))
    .filter(({ affected }) => affected.length > 0);
  return (
    <>
      {users.length > 0 && (
        <section
          aria-label="Selected users"
          className="sticky bottom-4 z-20 mt-4 flex w-fit max-w-full animate-pop-in flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface p-2 shadow-pop"
        >
          <IconButton label="Clear the selection" onClick={onClear}>
            <X aria-hidden="true" />
          </IconButton>
          <p role="status" className="mr-auto font-medium tabular-nums sm:mr-2">
            {users.length} selected
          </p>
          {offered.map(({ action, affected }) => (
            <Button
              key={action.key}
              size="sm"
              onPointerEnter={load}
              onFocus={load}
              className={action.key === "delete" ? "text-danger-ink" : undefined}
              onClick={() => open({ action, users: affected })}
            >
              {action.label} {countOf(affected.length, "user")}
            </Button>
          ))}
        </section>
      )}
      {opened && (
        <opened.module.BulkDialog {...opened.subject} selfId={selfId} onDone={onClear} onClose={close} />
      )}
    </>
  );
}
