import type { Metadata } from "next";
import { z } from "zod";
import { findModel } from "@/app/_model/load-model";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { pageQuery } from "@/lib/core/page";
import { requireMemberPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { isOver } from "@/lib/tasks/domain";
import { listResults } from "@/lib/tasks/queries";
import { taskView } from "@/lib/tasks/view";
import { percentOf } from "../_parts/task-words";
import { loadTask } from "./load-task";
import { ResultsCard } from "./results-card";
import { TaskDetail } from "./task-detail";

type TaskPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: TaskPageProps): Promise<Metadata> {
  const task = taskView(await loadTask((await params).id));
  // As the page itself writes it from then on: when it is read again, this one takes its place.
  return { title: isOver(task.state) ? task.name : `${percentOf(task)} % · ${task.name}` };
}

const resultsQuery = z.strictObject(pageQuery);

export default async function TaskPage({ params, searchParams }: TaskPageProps) {
  const actor = await requireMemberPage();
  const { id } = await params;
  const task = taskView(await loadTask(id));
  const query = await readQuery(resultsQuery, searchParams);
  const [page, model] = await Promise.all([listResults(actor, id, query), findModel(actor, task.model)]);
  const hrefOf = (cursor: string | undefined) =>
    listHref(`/tasks/${id}`, { ...query, cursor }, { limit: 25 });
  return (
    <TaskDetail
      key={id}
      task={task}
      hasModel={model !== null}
      // What came after the page was made is worth reading it again, until it is full.
      isFull={page.nextCursor !== null}
      now={now().getTime()}
    >
      <ResultsCard
        results={page.items}
        result={model?.versions.get(task.version)?.signature.result ?? null}
        state={task.state}
        {...(query.cursor ? { firstHref: hrefOf(undefined) } : {})}
        {...(page.nextCursor ? { nextHref: hrefOf(page.nextCursor) } : {})}
      />
    </TaskDetail>
  );
}
