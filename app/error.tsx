"use client";

import { errorId } from "./_client/error-id";
import { Button } from "./_components/button";
import { CopyableId } from "./_components/copyable-id";
import { Notice } from "./_components/notice";

type ErrorPageProps = { error: unknown; retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const id = errorId(error);
  return (
    <Notice
      eyebrow="500"
      title="Something went wrong on our side"
      text="The page could not be made. Nothing you saved is lost. Try again; if it stays, tell an administrator the id below: it finds the reason in the log of the app."
      action={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <Button asChild>
            {/* A full load, in case what is in memory is the trouble. */}
            <a href="/">Go to the start page</a>
          </Button>
        </>
      }
    >
      {id && (
        <p>
          Error id <CopyableId value={id} label="error id" />
        </p>
      )}
    </Notice>
  );
}
