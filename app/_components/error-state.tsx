import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { CopyableId } from "./copyable-id";

type ErrorStateProps = {
  title: string;
  text: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  action?: ReactNode;
  className?: string;
};

export function ErrorState({ title, text, requestId, onRetry, action, className }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-col items-center rounded-lg border bg-surface px-6 py-12 text-center",
        className,
      )}
    >
      <span
        aria-hidden="true"
        className="mb-4 grid size-10 place-items-center rounded-lg border border-danger-line bg-danger-soft text-danger-ink"
      >
        <TriangleAlert className="size-5" />
      </span>
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-1 max-w-md text-balance text-muted">{text}</p>
      {(onRetry || action) && (
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button onClick={onRetry}>
              <RotateCw aria-hidden="true" />
              Try again
            </Button>
          )}
          {action}
        </div>
      )}
      {requestId && (
        <p className="mt-6 flex flex-wrap items-center justify-center gap-1.5 text-muted text-xs">
          Request <CopyableId value={requestId} label="request id" />
        </p>
      )}
    </div>
  );
}
