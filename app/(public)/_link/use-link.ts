"use client";

import { useCallback, useEffect, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import { useLinkToken } from "./use-link-token";

/** What a page takes; a link for `/verify` says itself which it is. */
export type LinkPurpose = "invitation" | "password_reset" | "verification";
export type OpenLink = { token: string; purpose: string; email: string; name: string; expiresAt: string };

export type LinkState =
  | { kind: "loading" }
  | { kind: "missing" }
  | { kind: "open"; link: OpenLink }
  | { kind: "failed"; problem: Problem };

type Inspection = { purpose: string; email: string; name: string; expires_at: string };

/** Asks for whom the link of this page is, without using it up. */
export function useLink(purpose: LinkPurpose) {
  const token = useLinkToken();
  const [state, setState] = useState<LinkState>({ kind: "loading" });
  const fail = useCallback((problem: Problem) => setState({ kind: "failed", problem }), []);

  const inspect = useCallback(async () => {
    if (token === undefined) return;
    if (token === null) return setState({ kind: "missing" });
    setState({ kind: "loading" });
    try {
      const found = await api<Inspection>("POST", "/api/auth/link/inspect", { purpose, token });
      const { expires_at: expiresAt, ...about } = found;
      setState({ kind: "open", link: { token, ...about, expiresAt } });
    } catch (error) {
      fail(toProblem(error));
    }
  }, [token, purpose, fail]);

  useEffect(() => void inspect(), [inspect]);

  return { state, retry: inspect, fail };
}
