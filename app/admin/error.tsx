"use client";

import { ErrorState } from "@/app/_components/error-state";

type ErrorProps = { error: unknown; retry: () => void };

export default function AdminError({ error, retry }: ErrorProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <ErrorState
      title="This page could not be loaded"
      text={
        <>
          The app or its database did not answer as expected. Nothing was changed. Try again; if it stays,
          look at the log of the app
          {digest && (
            <>
              {" "}
              for the mark <code className="font-mono text-ink">{digest}</code>
            </>
          )}
          .
        </>
      }
      onRetry={retry}
    />
  );
}
