import Link from "next/link";
import { Alert } from "@/app/_components/alert";
import type { TaskView } from "@/lib/tasks/schema";

/** Why it stopped, and what to do about it. */
export function FailureAlert({ task }: { task: TaskView }) {
  if (task.state !== "failed") return null;
  return (
    <Alert
      tone="danger"
      title="The task failed"
      text={
        <>
          {task.detail && <p>{task.detail}</p>}
          {task.code && (
            <p className="mt-1">
              <Link
                href={`/problems/${task.code}`}
                className="rounded-sm font-medium text-accent-ink hover:underline"
              >
                <code className="font-mono text-[13px]">{task.code}</code>
              </Link>
            </p>
          )}
          {task.rows_done < task.rows && (
            <p className="mt-1">
              The rows that are done stay. Resume tries the others once more; wait until the reason is gone.
            </p>
          )}
        </>
      }
    />
  );
}
