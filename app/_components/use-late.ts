"use client";

import { useState } from "react";
import { toast } from "./toast";

/**
 * Something that is fetched when it is first opened, and about what it was opened.
 * Not React's `lazy`: what appears after a Suspense fallback is held back for 300 ms, and a press should be
 * answered at once when the pointer has fetched it already.
 */
export function useLate<Load extends () => Promise<unknown>, Subject = undefined>(load: Load) {
  type Module = Awaited<ReturnType<Load>>;
  const [opened, setOpened] = useState<{ module: Module; subject: Subject }>();

  async function open(subject: Subject) {
    try {
      const module = (await load()) as Module;
      setOpened({ module, subject });
    } catch {
      toast.error("This part of the page could not be loaded", {
        description: "Check that the app is running and that you are online, then try again.",
      });
    }
  }

  return { opened, open, close: () => setOpened(undefined) };
}
