"use client";

import { asksForProof } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import { beginApp } from "./_parts/factor-calls";
import { useFactorDialog } from "./use-factor-dialog";

/** Asks for the secret first: the dialog opens with it, or not at all. */
export function ConnectAppButton({ isMain }: { isMain: boolean }) {
  const { near, open, dialog } = useFactorDialog();
  const { isBusy, runOnce } = useRunOnce();

  async function begin() {
    try {
      await open({ action: "connect-app", setup: await beginApp() });
    } catch (error) {
      // Whoever would rather not prove who they are knows why nothing happened.
      if (!asksForProof(error)) toast.error("That did not work", { description: explainError(error) });
    }
  }

  return (
    <>
      <Button
        size="sm"
        variant={isMain ? "primary" : "secondary"}
        aria-haspopup="dialog"
        isBusy={isBusy}
        {...near}
        onClick={() => runOnce(begin)}
      >
        Connect an app
      </Button>
      {dialog}
    </>
  );
}
