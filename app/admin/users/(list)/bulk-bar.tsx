"use client";

import { X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/app/_components/button";
import { IconButton } from "@/app/_components/icon-button";
import { countOf } from "@/app/admin/_parts/count";
import type { UserRow } from "../_parts/user-calls";
import { affectedBy, type BulkAction, bulkActions } from "./bulk-actions";

const load = () => import("./bulk-dialog");
const BulkDialog = lazy(() => load().then((loaded) => ({ default: loaded.BulkDialog })));

type BulkBarProps = { users: readonly UserRow[]; selfId: string; onClear: () => void };

/** Stays at the lower left while rows are selected, clear of the messages at the right; each button says how many it would change. */
export function BulkBar({ users, selfId, onClear }: BulkBarProps) {
  // What was confirmed stays the same while the rows behind it change.
  const [running, setRunning] = useState<{ action: BulkAction; users: UserRow[] }>();
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
              onClick={() => setRunning({ action, users: affected })}
            >
              {action.label} {countOf(affected.length, "user")}
            </Button>
          ))}
        </section>
      )}
      {running && (
        <Suspense>
          <BulkDialog {...running} selfId={selfId} onDone={onClear} onClose={() => setRunning(undefined)} />
        </Suspense>
      )}
    </>
  );
}
