"use client";

import { useSyncExternalStore } from "react";

/** Whether this code runs yet: before that, what is pressed or typed here would be lost. */
export const useIsReady = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
