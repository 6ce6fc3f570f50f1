"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import type { TaskView } from "@/lib/tasks/schema";
import { TaskBadge } from "../_parts/task-badge";
import { resultsHref } from "../_parts/task-calls";
import { triedOf } from "../_parts/task-words";
import { FactsCard } from "./facts-card";
import { FailureAlert } from "./failure-alert";
import { ProgressCard } from "./progress-card";
import { TaskActions } from "./task-actions";
import { useTask } from "./use-task";

type TaskDetailProps = {
  task: TaskView;
  /** Whether its model can still be looked at. */
  hasModel: boolean;
  isFull: boolean;
  now: number;
  /** The results. */
  children: ReactNode;
};

export function TaskDetail({ task: first, hasModel, isFull, now, children }: TaskDetailProps) {
  const { task, show } = useTask(first, isFull);
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <span className="min-w-0 wrap-anywhere">{task.name}</span>
            <TaskBadge state={task.state} />
          </span>
        }
        description={task.note && <span className="wrap-anywhere">{task.note}</span>}
        action={
          <>
            <TaskActions task={task} onChange={show} />
            {triedOf(task) > 0 && (
              <Button asChild variant="primary">
                <a href={resultsHref(task.id, "csv")} download>
                  <Download aria-hidden="true" />
                  Download CSV
                </a>
              </Button>
            )}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          <FailureAlert task={task} />
          <ProgressCard task={task} />
          {children}
        </div>
        <FactsCard task={task} hasModel={hasModel} now={now} />
      </div>
    </>
  );
}
