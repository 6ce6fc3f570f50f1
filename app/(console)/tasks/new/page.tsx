import type { Metadata } from "next";
import { Alert } from "@/app/_components/alert";
import { PageHeader } from "@/app/_components/page-header";
import { findModel, listChoices, rowOf } from "@/app/_model/load-model";
import { NoModels } from "@/app/_model/no-models";
import { isAdmin } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { taskRowsMax } from "@/lib/tasks/schema";
import { NewTask } from "./new-task";
import { newTaskHeader } from "./new-task-header";

export const metadata: Metadata = { title: "New task" };

type NewTaskPageProps = { searchParams: Promise<{ model?: string | string[] }> };

export default async function NewTaskPage({ searchParams }: NewTaskPageProps) {
  const actor = await requireMemberPage();
  const { model: wanted } = await searchParams;
  const name = typeof wanted === "string" ? wanted : undefined;
  const choices = await listChoices(actor);
  const found = name === undefined ? null : await findModel(actor, name);
  const model = found ?? choices[0];
  if (!model) {
    return (
      <>
        <PageHeader {...newTaskHeader} />
        <NoModels isAdmin={isAdmin(actor)} />
      </>
    );
  }
  const { title, signature, example, is_paused } = rowOf(model);
  return (
    <>
      <PageHeader {...newTaskHeader} />
      {name !== undefined && !found && (
        <Alert
          className="mb-4"
          tone="warning"
          title="There is no such model for you"
          text={`“${name.slice(0, 63)}” does not exist, or you may not use it. ${title} is chosen instead.`}
        />
      )}
      {is_paused && (
        <Alert
          className="mb-4"
          tone="warning"
          title={`${title} is paused`}
          text="An administrator took it out of service for a while, so a task of it would not get on."
        />
      )}
      <NewTask
        choices={[...new Set([model, ...choices])].map(({ name, title }) => ({ name, title }))}
        model={{
          name: model.name,
          columns: signature.columns?.map(({ name }) => name) ?? null,
          example,
        }}
        bytesMax={env().taskBytesMax}
        rowsMax={taskRowsMax}
      />
    </>
  );
}
