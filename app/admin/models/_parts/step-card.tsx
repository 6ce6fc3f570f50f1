"use client";

import { Check } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";

type StepCardProps = {
  number: number;
  title: string;
  state: "waiting" | "open" | "done";
  /** What was chosen, once it is done. */
  summary?: ReactNode;
  onChange: () => void;
  children: ReactNode;
};

/** One step of several on a page. What was typed in it stays there while others are open. */
export function StepCard({ number, title, state, summary, onChange, children }: StepCardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);

  useEffect(() => {
    // Not at the first look at the page: its own heading comes first.
    if (state === "open" && before.current !== "open") heading.current?.focus();
    before.current = state;
  }, [state]);

  return (
    <li className="rounded-lg border bg-surface">
      <div className="flex min-h-15 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3">
        <span
          aria-hidden="true"
          className={cn(
            "grid size-6 shrink-0 place-items-center rounded-full border text-xs tabular-nums",
            state === "open" && "border-accent bg-accent text-on-accent",
            state === "done" && "border-success-line bg-success-soft text-success-ink",
            state === "waiting" && "text-muted",
          )}
        >
          {state === "done" ? <Check className="size-3.5" /> : number}
        </span>
        <h2
          ref={heading}
          tabIndex={-1}
          className={cn(
            "min-w-0 font-semibold outline-none",
            state !== "done" && "flex-1",
            state === "waiting" && "font-medium text-muted",
          )}
        >
          {title}
        </h2>
        {state === "done" && (
          <>
            <span className="min-w-0 flex-1 truncate text-muted">{summary}</span>
            <Button size="sm" onClick={onChange} aria-label={`Change: ${title}`}>
              Change
            </Button>
          </>
        )}
      </div>
      {state !== "waiting" && (
        <div hidden={state !== "open"} className="border-t px-5 py-5">
          {children}
        </div>
      )}
    </li>
  );
}
