"use client";

import { useRef } from "react";

/** Radix gives the focus back to its own trigger only; a dialog opened by other means would lose it. */
export function useReturnFocus() {
  const origin = useRef<Element | null>(null);
  return {
    /** The focus goes to what is marked data-autofocus: React's autoFocus would be too early, before the origin is known. */
    onOpenAutoFocus: (event: Event) => {
      origin.current = document.activeElement;
      const wanted = (event.target as HTMLElement).querySelector<HTMLElement>("[data-autofocus]");
      if (!wanted) return;
      event.preventDefault();
      wanted.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (origin.current instanceof HTMLElement) origin.current.focus();
    },
  };
}
