"use client";

import { useSyncExternalStore } from "react";
import { Alert } from "@/app/_components/alert";

function subscribe(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says so before somebody presses the button in vain. */
export function OfflineAlert() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (isOnline) return null;
  return (
    <Alert
      role="status"
      tone="warning"
      title="This device is offline"
      text="What you typed stays here. Go on when the connection is back."
    />
  );
}
