"use client";

import { useEffect, useState } from "react";

/**
 * The secret of a one-time link. It stands behind the `#`, which no browser sends; here it also leaves the
 * address bar and the history. Undefined until the page has looked, null when there is none.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();

  useEffect(() => {
    function take() {
      const found = window.location.hash.slice(1);
      if (found === "") return setToken((token) => token ?? null);
      window.history.replaceState(window.history.state, "", window.location.pathname);
      setToken(found);
    }
    take();
    // Another link pasted into the same tab does not load the page again.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  return token;
}
