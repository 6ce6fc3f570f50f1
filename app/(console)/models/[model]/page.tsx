import { Play } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { PageHeader } from "@/app/_components/page-header";
import { loadModel, rowOf } from "@/app/_model/load-model";
import { ModelStateBadge } from "@/app/_model/model-state-badge";
import { keysFor } from "@/app/_model/own-keys";
import { SnippetCard } from "@/app/_model/snippet-card";
import { requireMemberPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { limitsView } from "@/lib/plans/view";
import { getOwnUser } from "@/lib/users/queries";
import { FactsCard } from "./facts-card";
import { InputsCard } from "./inputs-card";
import { KeptCard } from "./kept-card";
import { ResultsCard } from "./results-card";

type ModelPageProps = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: ModelPageProps): Promise<Metadata> {
  return { title: (await loadModel((await params).model)).title };
}

export default async function ModelPage({ params }: ModelPageProps) {
  const actor = await requireMemberPage();
  const model = rowOf(await loadModel((await params).model));
  const [user, keys] = await Promise.all([getOwnUser(actor), keysFor(actor, model.name)]);

  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <span className="min-w-0 wrap-anywhere">{model.title}</span>
            <ModelStateBadge model={model} />
          </span>
        }
        description={<CopyableId value={model.name} label="name" />}
        action={
          <LinkButton variant="primary" href={`/playground?model=${model.name}`}>
            <Play aria-hidden="true" />
            Try it
          </LinkButton>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          {model.description && (
            <Card title="What it does">
              <p className="max-w-prose whitespace-pre-line wrap-anywhere">{model.description}</p>
            </Card>
          )}
          <InputsCard model={model} />
          <ResultsCard model={model} />
          <SnippetCard
            description="With the example from above as the input."
            call={{
              baseUrl: env().baseUrl,
              model: model.name,
              rows: { input: model.example },
              timeoutMs: model.limits.timeout_ms,
            }}
            keys={keys}
          />
        </div>
        <div className="grid grid-cols-1 gap-4">
          <FactsCard model={model} plan={{ name: user.plan.name, limits: limitsView(user.plan) }} />
          <KeptCard history={model.history} />
        </div>
      </div>
    </>
  );
}
