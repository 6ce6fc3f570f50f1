import type { Metadata } from "next";
import { FilterSelect } from "@/app/_components/filter-select";
import { Pager } from "@/app/_components/pager";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { AutoRefresh } from "@/app/admin/models/_parts/auto-refresh";
import { requireMemberPage } from "@/lib/http/page";
import { isOver } from "@/lib/tasks/domain";
import { listTasks } from "@/lib/tasks/queries";
import { taskQuery } from "@/lib/tasks/schema";
import { taskView } from "@/lib/tasks/view";
import { stateOptions } from "../_parts/task-words";
import { NoTasks } from "./no-tasks";
import { TasksHeader } from "./tasks-header";
import { TasksTable } from "./tasks-table";

export const metadata: Metadata = { title: "Tasks" };

export default async function TasksPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(taskQuery, searchParams);
  const page = await listTasks(actor, query);
  const tasks = page.items.map(taskView);
  const hrefOf = (cursor: string | undefined) => listHref("/tasks", { ...query, cursor }, { limit: 25 });
  const isFirst = tasks.length === 0 && !query.state && !query.cursor;

  return (
    <>
      <TasksHeader />
      {!isFirst && (
        <div className="mb-4">
          <FilterSelect label="State" param="state" options={stateOptions} allLabel="Any state" />
        </div>
      )}
      {tasks.length === 0 ? <NoTasks isFirst={isFirst} /> : <TasksTable tasks={tasks} />}
      <Pager
        label="Pages of tasks"
        {...(query.cursor ? { firstHref: hrefOf(undefined) } : {})}
        {...(page.nextCursor ? { nextHref: hrefOf(page.nextCursor) } : {})}
      />
      {tasks.some(({ state }) => !isOver(state)) && <AutoRefresh everyMs={2_000} />}
    </>
  );
}
