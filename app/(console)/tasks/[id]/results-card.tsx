import Link from "next/link";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { Pager } from "@/app/_components/pager";
import type { Result } from "@/app/_model/model-words";
import { outputText } from "@/app/_model/result-words";
import { formatNumber } from "@/app/admin/_parts/count";
import { isOver, type TaskState } from "@/lib/tasks/domain";
import type { TaskResult } from "@/lib/tasks/schema";
import { shortened } from "../_parts/task-words";

type ResultsCardProps = {
  results: readonly TaskResult[];
  /** How the version of the task names what it answers; null when it is not known any more. */
  result: Result | null;
  state: TaskState;
  firstHref?: string;
  nextHref?: string;
};

/** What is done so far, beside the number that the row has in the file. */
export function ResultsCard({ results, result, state, firstHref, nextHref }: ResultsCardProps) {
  const columns: Column<TaskResult>[] = [
    {
      key: "row",
      header: "Row",
      className: "w-px whitespace-nowrap sm:w-px",
      cell: ({ row }) => <span className="font-normal text-muted tabular-nums">{formatNumber(row)}</span>,
    },
    { key: "result", header: "Result", cell: (row) => <Outcome row={row} result={result} /> },
  ];
  return (
    <Card
      title="Results"
      description={isOver(state) || results.length === 0 ? undefined : "The rows that are done so far."}
      isFlush={results.length > 0}
    >
      {results.length === 0 ? (
        <p className="text-muted">
          {isOver(state) ? "No row was done." : "They appear here as soon as the first rows are done."}
        </p>
      ) : (
        <>
          <DataTable
            isInside
            caption="Result of each row"
            columns={columns}
            rows={results}
            rowKey={({ row }) => String(row)}
          />
          {(firstHref || nextHref) && (
            <div className="border-t px-5 pb-3">
              <Pager
                label="Pages of results"
                {...(firstHref ? { firstHref } : {})}
                {...(nextHref ? { nextHref } : {})}
              />
            </div>
          )}
        </>
      )}
    </Card>
  );
}

/** A result in a line; of a row that failed the reason, and where to read more about it. */
function Outcome({ row, result }: { row: TaskResult; result: Result | null }) {
  if (row.status === "succeeded") {
    const text = outputText(result, row.output);
    return (
      <span className="wrap-anywhere" title={text.length > 200 ? shortened(text, 2_000) : undefined}>
        {shortened(text, 200)}
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <Badge tone="danger" hasDot>
        Failed
      </Badge>
      {row.code && (
        <Link
          href={`/problems/${row.code}`}
          prefetch={false}
          className="rounded-sm font-medium text-accent-ink hover:underline"
        >
          <code className="font-mono text-[13px]">{row.code}</code>
        </Link>
      )}
    </span>
  );
}
