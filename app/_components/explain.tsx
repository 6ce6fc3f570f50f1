"use client";

import type { ReactNode } from "react";
import { TooltipBubble } from "./tooltip-bubble";
import { useTooltip } from "./use-tooltip";

type ExplainProps = {
  /** What the word means, in plain words. */
  text: ReactNode;
  /** The word. */
  children: ReactNode;
};

/** A dotted word; what it means on hover, focus and tap. */
export function Explain({ text, children }: ExplainProps) {
  const { anchorProps, bubbleProps, isOpen, show } = useTooltip(150);
  return (
    <>
      <button
        type="button"
        {...anchorProps}
        onClick={show}
        className="cursor-help rounded-sm underline decoration-muted decoration-dotted underline-offset-4"
      >
        {children}
      </button>
      {isOpen && <TooltipBubble {...bubbleProps}>{text}</TooltipBubble>}
    </>
  );
}
