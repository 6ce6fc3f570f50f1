"use client";

import { useRef, useState } from "react";
import { explainError } from "@/app/_client/explain-error";
import type { UserRow } from "../_parts/user-calls";

export type BulkFailure = { user: UserRow; reason: string };
export type BulkResult = { succeeded: UserRow[]; failed: BulkFailure[]; left: UserRow[] };

type Call = (id: string) => Promise<unknown>;

/** Calls the API for one user after the other: each change is its own, recorded and refused by itself. */
export function useBulkRun() {
  const [finished, setFinished] = useState(0);
  const isStopped = useRef(false);

  async function run(call: Call, users: readonly UserRow[]): Promise<BulkResult> {
    const result: BulkResult = { succeeded: [], failed: [], left: [] };
    isStopped.current = false;
    setFinished(0);
    for (const user of users) {
      if (isStopped.current) {
        result.left.push(user);
        continue;
      }
      try {
        await call(user.id);
        result.succeeded.push(user);
      } catch (error) {
        result.failed.push({ user, reason: explainError(error) });
      }
      setFinished((count) => count + 1);
    }
    return result;
  }

  function stop() {
    isStopped.current = true;
  }

  return { run, finished, stop };
}
