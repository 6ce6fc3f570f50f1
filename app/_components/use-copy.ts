"use client";

import { useEffect, useRef, useState } from "react";

/** `isCopied` falls back after two seconds. */
export function useCopy(value: string) {
  const [isCopied, setIsCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    const isDone = await writeText(value);
    if (!isDone) return;
    setIsCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsCopied(false), 2000);
  }

  return { isCopied, copy };
}

async function writeText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return writeTextInsecurely(value);
  }
}

// On a plain http address in the home network browsers offer no navigator.clipboard.
function writeTextInsecurely(value: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.value = value;
  area.readOnly = true;
  area.style.cssText = "position:fixed;opacity:0";
  // Beside the button, or the focus trap of a dialog takes the selection away.
  (focused?.parentElement ?? document.body).append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return isDone;
}
