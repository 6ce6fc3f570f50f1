import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { moneyText } from "@/app/_usage/usage-words";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import { isOver } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";
import { ProgressBar } from "../_parts/progress-bar";
import { TaskBadge } from "../_parts/task-badge";
import { doneText, percentOf } from "../_parts/task-words";

const columns: Column<TaskView>[] = [
  {
    key: "name",
    header: "Name",
    cell: (task) => (
      <>
        <span className="wrap-anywhere">{task.name}</span>
        <span className="block font-normal text-[13px] text-muted sm:hidden">
          {percentOf(task)} % of {countOf(task.rows, "row")}
        </span>
      </>
    ),
  },
  {
    key: "model",
    header: "Model",
    hideOnPhone: true,
    className: "whitespace-nowrap",
    cell: ({ model, version }) => (
      <>
        {model}{" "}
        <span className="text-[13px] text-muted" title={`Version ${version}`}>
          v{version}
        </span>
      </>
    ),
  },
  { key: "state", header: "State", cell: ({ state }) => <TaskBadge state={state} /> },
  { key: "progress", header: "Progress", hideOnPhone: true, cell: (task) => <Progress task={task} /> },
  {
    key: "rows",
    header: "Rows",
    align: "right",
    hideOnPhone: true,
    cell: ({ rows }) => formatNumber(rows),
  },
  {
    key: "cost",
    header: "Cost",
    align: "right",
    className: "hidden md:table-cell",
    cell: ({ usage }) => moneyText(usage.cost, usage.currency),
  },
  {
    key: "created",
    header: "Created",
    className: "hidden whitespace-nowrap text-muted lg:table-cell",
    cell: ({ created_at }) => <RelativeTime at={created_at} />,
  },
];

function Progress({ task }: { task: TaskView }) {
  const percent = percentOf(task);
  return (
    <span className="flex items-center gap-2.5" title={doneText(task)}>
      <ProgressBar
        label={`Progress of ${task.name}`}
        percent={percent}
        tone={isOver(task.state) ? "quiet" : "accent"}
        className="h-1.5 w-20"
      />
      <span className="w-11 whitespace-nowrap text-[13px] text-muted tabular-nums">{percent} %</span>
    </span>
  );
}

export function TasksTable({ tasks }: { tasks: readonly TaskView[] }) {
  return (
    <DataTable
      caption="Your tasks"
      columns={columns}
      rows={tasks}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/tasks/${id}`}
    />
  );
}
