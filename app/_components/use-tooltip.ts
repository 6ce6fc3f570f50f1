"use client";

import { type PointerEvent, useEffect, useId, useRef, useState } from "react";
import { captureEscape } from "./capture-escape";

// Long enough to move the pointer from the word onto the bubble (WCAG 1.4.13).
const CLOSE_MS = 120;

export function useTooltip(delayMs: number) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setIsOpen] = useState(false);

  function change(next: boolean, afterMs: number) {
    clearTimeout(timer.current);
    if (afterMs === 0) setIsOpen(next);
    else timer.current = setTimeout(() => setIsOpen(next), afterMs);
  }

  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!isOpen) return;
    const close = () => setIsOpen(false);
    const closeElsewhere = (event: Event) => {
      if (!anchor.current?.contains(event.target as Node)) close();
    };
    const release = captureEscape(close);
    document.addEventListener("pointerdown", closeElsewhere);
    return () => {
      release();
      document.removeEventListener("pointerdown", closeElsewhere);
    };
  }, [isOpen]);

  return {
    isOpen,
    show: () => change(true, 0),
    anchorProps: {
      ref: anchor,
      "aria-describedby": isOpen ? id : undefined,
      onPointerEnter: (event: PointerEvent) => event.pointerType === "mouse" && change(true, delayMs),
      onPointerLeave: (event: PointerEvent) => event.pointerType === "mouse" && change(false, CLOSE_MS),
      onFocus: () => anchor.current?.matches(":focus-visible") && change(true, 0),
      onBlur: () => change(false, 0),
    },
    bubbleProps: {
      id,
      anchor,
      onPointerEnter: () => change(true, 0),
      onPointerLeave: () => change(false, CLOSE_MS),
    },
  };
}
