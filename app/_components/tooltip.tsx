"use client";

import { Slot } from "radix-ui/slot";
import type { ReactNode } from "react";
import { TooltipBubble } from "./tooltip-bubble";
import { useTooltip } from "./use-tooltip";

type TooltipProps = {
  text: ReactNode;
  /** One focusable element. */
  children: ReactNode;
};

export function Tooltip({ text, children }: TooltipProps) {
  const { anchorProps, bubbleProps, isOpen } = useTooltip(300);
  return (
    <>
      <Slot {...anchorProps}>{children}</Slot>
      {isOpen && <TooltipBubble {...bubbleProps}>{text}</TooltipBubble>}
    </>
  );
}
