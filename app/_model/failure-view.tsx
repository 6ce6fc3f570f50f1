import Link from "next/link";
import type { Problem } from "@/app/_client/api";
import { formatCountdown } from "@/app/_client/use-seconds-left";
import { Alert } from "@/app/_components/alert";
import { CopyableId } from "@/app/_components/copyable-id";

type FailureViewProps = { problem: Problem; secondsLeft: number };

/** Why a call was refused or failed, when another try makes sense, and where to read more. */
export function FailureView({ problem, secondsLeft }: FailureViewProps) {
  const { title, detail, status, request_id, retryAfterSeconds } = problem;
  return (
    <div className="space-y-3">
      <Alert
        role="alert"
        tone={status === 0 || status === 429 || status === 503 ? "warning" : "danger"}
        title={title}
        // Many details only repeat the title as a sentence.
        text={detail === `${title}.` ? undefined : detail}
      />
      {retryAfterSeconds !== undefined && <RetryTime secondsLeft={secondsLeft} />}
      {request_id && (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
          <CopyableId value={request_id} label="request id" />
          <Link
            href={`/why?id=${encodeURIComponent(request_id)}`}
            className="rounded-sm font-medium text-accent-ink hover:underline"
          >
            Why?
          </Link>
        </p>
      )}
    </div>
  );
}

/** Not part of a live region while it counts: a screen reader would read it out every second. */
function RetryTime({ secondsLeft }: { secondsLeft: number }) {
  if (secondsLeft === 0) {
    return (
      <p role="status" className="text-muted">
        You can try again now.
      </p>
    );
  }
  return (
    <p className="text-muted">
      Try again in{" "}
      <span role="timer" aria-live="off" className="font-medium text-ink tabular-nums">
        {formatCountdown(secondsLeft)}
      </span>
      .
    </p>
  );
}
