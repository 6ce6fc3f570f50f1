"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { UseChange } from "./use-dialog";

const load = () => import("./use-dialog");

export type UseButtonsProps = {
  model: { name: string; title: string };
  number: number;
  /** What is in use and on trial now. */
  stable: number;
  next: number | null;
  reach: string;
};

/** What can be done with a version: put it into use, go back to it, or try it beside the one in use. */
export function UseButtons(props: UseButtonsProps) {
  const { number, stable, next } = props;
  const { opened, open, close } = useLate<typeof load, UseChange>(load);
  const isStable = number === stable;
  const isNext = number === next;
  return (
    <span className="flex flex-wrap gap-2" onPointerEnter={load} onFocus={load}>
      {!isStable && (
        <Button
          size="sm"
          aria-haspopup="dialog"
          aria-label={isNext ? `Stop the trial of version ${number}` : `Try version ${number} as next`}
          onClick={() => open({ next: isNext ? null : number })}
        >
          {isNext ? "Stop the trial" : "Try as next"}
        </Button>
      )}
      {!isStable && (
        <Button
          size="sm"
          aria-haspopup="dialog"
          aria-label={number > stable ? `Promote version ${number}` : `Roll back to version ${number}`}
          // What was on trial and is promoted is on trial no more.
          onClick={() => open({ stable: number, ...(isNext ? { next: null } : {}) })}
        >
          {number > stable ? "Promote" : "Roll back"}
        </Button>
      )}
      {opened && <opened.module.UseDialog {...props} change={opened.subject} onClose={close} />}
    </span>
  );
}
