"use client";

import { errorId } from "@/app/_client/error-id";
import { CopyableId } from "@/app/_components/copyable-id";
import { ErrorState } from "@/app/_components/error-state";

type ConsoleErrorProps = { error: unknown; retry: () => void };

/** Inside the frame, so that the way to other pages stays open. */
export default function ConsoleError({ error, retry }: ConsoleErrorProps) {
  const id = errorId(error);
  return (
    <ErrorState
      title="This page could not be loaded"
      text="The app did not answer as expected. Nothing you saved is lost. If it stays, tell an administrator the id below."
      onRetry={retry}
      action={
        id && (
          <span className="flex h-9 items-center gap-1 text-[13px] text-muted">
            Error id <CopyableId value={id} label="error id" />
          </span>
        )
      }
    />
  );
}
