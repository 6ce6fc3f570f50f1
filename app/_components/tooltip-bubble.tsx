"use client";

import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";

const GAP = 6;
const EDGE = 8;

type TooltipBubbleProps = {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
};

/** In the top layer of the browser, so that neither tables nor dialogs clip it. */
export function TooltipBubble({ anchor, children, ...props }: TooltipBubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    bubble.current?.showPopover();
    const follow = () => {
      if (bubble.current && anchor.current) place(bubble.current, anchor.current.getBoundingClientRect());
    };
    follow();
    window.addEventListener("scroll", follow, true);
    return () => window.removeEventListener("scroll", follow, true);
  }, [anchor]);

  return (
    <span
      ref={bubble}
      role="tooltip"
      popover="manual"
      className="fixed inset-auto w-max max-w-64 animate-fade-in rounded-md bg-ink px-2.5 py-1.5 text-left font-normal font-sans text-canvas text-xs leading-4 normal-case shadow-pop whitespace-normal"
      {...props}
    >
      {children}
    </span>
  );
}

function place(bubble: HTMLElement, anchor: DOMRect) {
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const centred = anchor.left + anchor.width / 2 - width / 2;
  const right = document.documentElement.clientWidth - width - EDGE;
  const above = anchor.top - height - GAP;
  bubble.style.left = `${Math.max(EDGE, Math.min(centred, right))}px`;
  bubble.style.top = `${above >= EDGE ? above : anchor.bottom + GAP}px`;
}
