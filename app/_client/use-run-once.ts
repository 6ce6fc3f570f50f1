import { useRef, useState } from "react";
import { explainError } from "./explain-error";

/** One call at a time: pressing again while it runs does nothing. What goes wrong is told in plain words. */
export function useRunOnce() {
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);

  async function runOnce(work: () => Promise<void>): Promise<void> {
    if (isRunning.current) return;
    isRunning.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(explainError(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return { failure, isBusy, runOnce };
}
