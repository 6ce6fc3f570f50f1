"use client";

import { useEffect, useState } from "react";
import { ApiError, readSession, sessionEndedEvent } from "@/app/_client/api";

const askEveryMs = 10_000;

/** `replaced`: another account signed in with this browser, and this page belongs to the earlier one. */
export type SessionState = "open" | "ended" | "replaced";

/** Asks whether the session is still there: regularly, and whenever somebody comes back to the page. */
export function useSessionWatch(userId: string): { state: SessionState; isUnreachable: boolean } {
  const [state, setState] = useState<SessionState>("open");
  const [isUnreachable, setIsUnreachable] = useState(false);

  useEffect(() => {
    if (state !== "open") return;
    let isAsking = false;

    async function ask() {
      if (isAsking || document.visibilityState !== "visible") return;
      isAsking = true;
      try {
        const signedInId = await readSession();
        setIsUnreachable(false);
        if (signedInId !== userId) setState(signedInId === null ? "ended" : "replaced");
      } catch (error) {
        // An answer that only says "not now" is no reason to take the page away.
        setIsUnreachable(error instanceof ApiError && error.problem.status === 0);
      } finally {
        isAsking = false;
      }
    }

    const end = () => setState("ended");
    const timer = setInterval(ask, askEveryMs);
    window.addEventListener(sessionEndedEvent, end);
    window.addEventListener("focus", ask);
    window.addEventListener("pageshow", ask);
    window.addEventListener("online", ask);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener(sessionEndedEvent, end);
      window.removeEventListener("focus", ask);
      window.removeEventListener("pageshow", ask);
      window.removeEventListener("online", ask);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [state, userId]);

  return { state, isUnreachable };
}
