"use client";

import Link from "next/link";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { RelativeTime } from "@/app/_components/relative-time";
import { priceText } from "@/app/_usage/price-text";
import { formatNumber } from "@/app/admin/_parts/count";
import { isOver } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";
import { resultsHref } from "../_parts/task-calls";
import { triedOf } from "../_parts/task-words";

type FactsCardProps = { task: TaskView; hasModel: boolean; now: number };

const link = "rounded-sm font-medium text-accent-ink hover:underline";

export function FactsCard({ task, hasModel, now }: FactsCardProps) {
  const { usage, model, version } = task;
  const time = (at: string | null) => (at === null ? "not yet" : <RelativeTime at={at} now={now} />);
  const facts = [
    {
      term: "Model",
      description: (
        <>
          {hasModel ? (
            <Link href={`/models/${model}`} className={link}>
              {model}
            </Link>
          ) : (
            model
          )}{" "}
          <span className="text-muted" title={`Version ${version}`}>
            v{version}
          </span>
        </>
      ),
    },
    { term: "Rows", description: formatNumber(task.rows) },
    { term: "Units used", description: formatNumber(usage.units) },
    { term: isOver(task.state) ? "Cost" : "Cost so far", description: priceText(usage.cost, usage.currency) },
    ...(isOver(task.state)
      ? []
      : [{ term: "At most", description: priceText(usage.cost_max, usage.currency) }]),
    { term: "Created", description: time(task.created_at) },
    { term: "Started", description: time(task.started_at) },
    { term: "Ended", description: time(task.ended_at) },
    { term: "Removed", description: time(task.expires_at) },
    { term: "Task", description: <CopyableId value={task.id} label="task id" /> },
  ];
  return (
    <Card title="Facts">
      <dl className="divide-y divide-line">
        {facts.map(({ term, description }) => (
          <div key={term} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
            <dt className="text-muted">{term}</dt>
            <dd className="min-w-0 text-right wrap-anywhere">{description}</dd>
          </div>
        ))}
      </dl>
      {triedOf(task) > 0 && (
        <p className="mt-3 border-t pt-3 text-[13px] text-muted">
          {isOver(task.state) ? "The results" : "What is done so far"} as{" "}
          <a href={resultsHref(task.id, "csv")} download className={link}>
            CSV
          </a>{" "}
          or{" "}
          <a href={resultsHref(task.id, "jsonl")} download className={link}>
            JSON lines
          </a>
        </p>
      )}
    </Card>
  );
}
