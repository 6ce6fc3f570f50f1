"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

const everyMs = 5_000;
/** Each look counts as use of the session: a forgotten window must not keep somebody signed in for ever. */
const watchedForMs = 5 * 60_000;
const signs = ["pointermove", "keydown", "scroll", "focus"] as const;

/** Reads the page anew every few seconds, while it is visible and somebody is there. */
export function AutoRefresh() {
  const router = useRouter();
  const seenAt = useRef(0);

  useEffect(() => {
    const see = () => {
      seenAt.current = Date.now();
    };
    const refresh = () => {
      if (document.visibilityState !== "visible" || Date.now() - seenAt.current > watchedForMs) return;
      router.refresh();
    };
    see();
    const timer = setInterval(refresh, everyMs);
    for (const sign of signs) window.addEventListener(sign, see, { passive: true });
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, see);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);

  return null;
}
