"use client";

import { useLayoutEffect, useState } from "react";

/** Whole seconds until `until`, counted down; 0 when there is nothing to wait for. */
export function useSecondsLeft(until: number | null): number {
  const [now, setNow] = useState(0);

  useLayoutEffect(() => {
    if (until === null) return;
    const tick = () => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    };
    const timer = setInterval(tick, 500);
    tick();
    return () => clearInterval(timer);
  }, [until]);

  return until === null || now === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}

/** "14:05", and from an hour on "1:02:03". */
export function formatCountdown(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, "0"))).join(":");
}
