"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { EndSessionsDialogProps } from "./end-sessions-dialog";

const load = () => import("./end-sessions-dialog");

type EndSessionsButtonProps = Pick<EndSessionsDialogProps, "sessions"> & { label: string; hint?: string };

/** The button at once; the dialog is fetched when somebody goes for it. */
export function EndSessionsButton({ sessions, label, hint }: EndSessionsButtonProps) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        aria-label={hint}
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        {label}
      </Button>
      {opened && <opened.module.EndSessionsDialog sessions={sessions} onClose={close} />}
    </>
  );
}
