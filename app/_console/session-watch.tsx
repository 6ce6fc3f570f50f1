"use client";

import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { SessionEnded } from "./session-ended";
import { useSessionWatch } from "./use-session-watch";

/** When the session is over, what it let one see goes away. */
export function SessionWatch({ userId, children }: { userId: string; children: ReactNode }) {
  const { state, isUnreachable } = useSessionWatch(userId);
  if (state !== "open") return <SessionEnded isReplaced={state === "replaced"} />;
  return (
    <>
      {children}
      <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-30 flex justify-center">
        {isUnreachable && (
          <p className="flex items-center gap-2.5 rounded-lg border border-warning-line bg-warning-soft px-4 py-2.5 shadow-pop">
            <CloudOff aria-hidden="true" className="size-4 shrink-0 text-warning-ink" />
            The app cannot be reached. What you see may be out of date; it keeps trying.
          </p>
        )}
      </div>
    </>
  );
}
