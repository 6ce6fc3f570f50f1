"use client";

import { Alert } from "@/app/_components/alert";
import { CopyableId } from "@/app/_components/copyable-id";
import type { Problem } from "./api";
import { formatCountdown } from "./use-seconds-left";

type ProblemAlertProps = {
  problem: Problem | undefined;
  /** Of a limit: how long until another try is accepted. */
  secondsLeft?: number;
  /** What to do, in place of the sentence of the API. */
  text?: string | undefined;
};

/** What the API refused, where no field of a form is to blame. */
export function ProblemAlert({ problem, secondsLeft = 0, text }: ProblemAlertProps) {
  if (!problem) return null;
  if (problem.status === 429) return <LimitAlert problem={problem} secondsLeft={secondsLeft} />;
  const { title, detail, status, request_id } = problem;
  // Many details only repeat the title as a sentence.
  const words = text ?? (detail === `${title}.` ? undefined : detail);
  return (
    <Alert
      role="alert"
      tone={status === 0 ? "warning" : "danger"}
      title={title}
      text={
        <>
          {words}
          {status >= 500 && request_id && (
            <span className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs">
              Request <CopyableId value={request_id} label="request id" />
            </span>
          )}
        </>
      }
    />
  );
}

/** The time is not part of the live region: a screen reader would read it out every second. */
function LimitAlert({ problem, secondsLeft }: { problem: Problem; secondsLeft: number }) {
  if (secondsLeft === 0) {
    return <Alert role="status" tone="info" title="You can try again now" />;
  }
  return (
    <div>
      <p role="alert" className="sr-only">
        {problem.title}. {problem.detail}
      </p>
      <Alert
        tone="warning"
        title={problem.title}
        text={
          <>
            Try again in{" "}
            <span role="timer" aria-live="off" className="font-medium text-ink tabular-nums">
              {formatCountdown(secondsLeft)}
            </span>
            . The pause keeps strangers from guessing.
          </>
        }
      />
    </div>
  );
}
