import type { Metadata } from "next";
import { Alert } from "@/app/_components/alert";
import { PageHeader } from "@/app/_components/page-header";
import { findModel, listChoices, rowOf, rowOfNext } from "@/app/_model/load-model";
import { NoModels } from "@/app/_model/no-models";
import { keysFor } from "@/app/_model/own-keys";
import { isAdmin } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { ModelSwitch } from "./model-switch";
import { Playground } from "./playground";
import { playgroundHeader } from "./playground-header";
import { StateNotice } from "./state-notice";

export const metadata: Metadata = { title: "Playground" };

type PlaygroundPageProps = {
  searchParams: Promise<{ model?: string | string[]; version?: string | string[] }>;
};

export default async function PlaygroundPage({ searchParams }: PlaygroundPageProps) {
  const actor = await requireMemberPage();
  const { model: wanted, version } = await searchParams;
  const name = typeof wanted === "string" ? wanted : undefined;
  const choices = await listChoices(actor);
  const found = name === undefined ? null : await findModel(actor, name);
  const model = found ?? choices[0];
  if (!model) {
    return (
      <>
        <PageHeader {...playgroundHeader} />
        <NoModels isAdmin={isAdmin(actor)} />
      </>
    );
  }
  const isNext = version === "next" && model.next !== null;
  const shown = isNext ? rowOfNext(model) : rowOf(model);
  return (
    <>
      <PageHeader
        {...playgroundHeader}
        action={
          <ModelSwitch
            choices={[...new Set([model, ...choices])].map(({ name, title }) => ({ name, title }))}
            chosen={model.name}
            isNext={isNext}
            versions={{ stable: model.stable.number, next: model.next?.number ?? null }}
          />
        }
      />
      {name !== undefined && !found && (
        <Alert
          className="mb-4"
          tone="warning"
          title="There is no such model for you"
          text={`“${name.slice(0, 63)}” does not exist, or you may not use it. ${model.title} is shown instead.`}
        />
      )}
      <StateNotice model={shown} />
      <Playground
        // Another model or version is another form: nothing typed for one is sent to another.
        key={`${model.name} ${isNext}`}
        model={shown}
        version={isNext ? "next" : undefined}
        baseUrl={env().baseUrl}
        keys={await keysFor(actor, model.name)}
      />
    </>
  );
}
