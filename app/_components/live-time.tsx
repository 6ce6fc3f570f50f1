"use client";

import { useEffect, useState } from "react";
import { formatExact, formatRelative } from "./format-time";

const TICK_MS = 30_000;

type LiveTimeProps = { at: number; now: number; className?: string };

export function LiveTime({ at, now, className }: LiveTimeProps) {
  const [clock, setClock] = useState(now);
  useEffect(() => {
    const tick = () => setClock(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatExact(at)}
      className={className}
      suppressHydrationWarning
    >
      {/* A new key replaces the text even where React believes that it already says so. */}
      <span key={clock} suppressHydrationWarning className="whitespace-nowrap">
        {formatRelative(at, clock)}
      </span>
    </time>
  );
}
