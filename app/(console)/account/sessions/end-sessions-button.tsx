"use client";

import { lazy, Suspense, useState } from "react";
import { Button } from "@/app/_components/button";
import type { EndSessionsDialogProps } from "./end-sessions-dialog";

const load = () => import("./end-sessions-dialog");
const EndSessionsDialog = lazy(() => load().then((loaded) => ({ default: loaded.EndSessionsDialog })));

type EndSessionsButtonProps = Pick<EndSessionsDialogProps, "sessions"> & { label: string; hint?: string };

/** The button at once; the dialog is fetched when somebody goes for it. */
export function EndSessionsButton({ sessions, label, hint }: EndSessionsButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={hint}
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setIsOpen(true)}
      >
        {label}
      </Button>
      {isOpen && (
        <Suspense>
          <EndSessionsDialog sessions={sessions} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
