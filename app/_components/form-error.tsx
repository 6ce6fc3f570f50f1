import type { ReactNode } from "react";
import { Alert } from "./alert";
import { CopyableId } from "./copyable-id";

type FormErrorProps = {
  title?: string;
  /** Nothing is shown without a message. */
  message?: ReactNode;
  requestId?: string;
  action?: ReactNode;
};

/** For faults that belong to no single field. */
export function FormError({ title = "That did not work", message, requestId, action }: FormErrorProps) {
  if (!message) return null;
  return (
    <Alert
      role="alert"
      tone="danger"
      title={title}
      action={action}
      text={
        <>
          {message}
          {requestId && (
            <span className="mt-1 flex items-center gap-1.5 text-xs">
              Request <CopyableId value={requestId} label="request id" />
            </span>
          )}
        </>
      }
    />
  );
}
