"use client";

import { useEffect, useRef } from "react";

const signs = ["pointermove", "keydown", "scroll", "focus"] as const;

type Watching = {
  /** null: not at all for now. */
  everyMs: number | null;
  /** Each look counts as use of the session: a forgotten window must not keep somebody signed in for ever. */
  watchedForMs?: number;
  /** How often while the page is not visible; without it not at all. */
  hiddenEveryMs?: number;
};

/** Looks again every few moments, while the page is visible and somebody is there. */
export function useWhileWatched(
  look: () => void,
  { everyMs, watchedForMs = 5 * 60_000, hiddenEveryMs = Number.POSITIVE_INFINITY }: Watching,
): void {
  const latest = useRef(look);
  const seenAt = useRef(0);
  useEffect(() => {
    latest.current = look;
  });

  useEffect(() => {
    if (everyMs === null) return;
    let lookedAt = Date.now();
    const see = () => {
      seenAt.current = Date.now();
    };
    const lookAgain = () => {
      const at = Date.now();
      if (at - seenAt.current > watchedForMs) return;
      if (document.visibilityState !== "visible" && at - lookedAt < hiddenEveryMs) return;
      lookedAt = at;
      latest.current();
    };
    see();
    const timer = setInterval(lookAgain, everyMs);
    for (const sign of signs) window.addEventListener(sign, see, { passive: true });
    document.addEventListener("visibilitychange", lookAgain);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, see);
      document.removeEventListener("visibilitychange", lookAgain);
    };
  }, [everyMs, watchedForMs, hiddenEveryMs]);
}
