"use client";

import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { readToasts, subscribeToToasts } from "./toast";

export { toast } from "./toast";

const ToasterView = lazy(() => import("./toaster-view"));

const none: ReturnType<typeof readToasts> = [];

/** Once, in the root layout. */
export function Toaster() {
  const [isWanted, setIsWanted] = useState(false);
  const waiting = useSyncExternalStore(subscribeToToasts, readToasts, () => none);
  if (!isWanted && waiting.length > 0) setIsWanted(true);
  return isWanted ? (
    <Suspense>
      <ToasterView />
    </Suspense>
  ) : null;
}
