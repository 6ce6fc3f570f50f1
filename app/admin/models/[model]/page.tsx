import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { CopyableId } from "@/app/_components/copyable-id";
import { PageHeader } from "@/app/_components/page-header";
import { TabsNav } from "@/app/_components/tabs-nav";
import type { SearchParams } from "@/app/admin/_parts/read-query";
import { adminModelAnswer } from "@/lib/http/model-answer";
import { requireAdminPage } from "@/lib/http/page";
import { modelPath } from "../_parts/model-paths";
import { StateBadge } from "../_parts/state-badge";
import { loadModel, loadVersions } from "./load-model";
import { loadReach } from "./load-reach";
import { OverviewView } from "./overview-view";
import { PrepareSettings } from "./prepare-settings";
import { PrepareSignature } from "./prepare-signature";
import { PrepareVersion } from "./prepare-version";
import { VersionsView } from "./versions-view";

type ModelPageProps = { params: Promise<{ model: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: ModelPageProps): Promise<Metadata> {
  return { title: (await loadModel((await params).model)).title };
}

export default async function ModelPage({ params, searchParams }: ModelPageProps) {
  const actor = await requireAdminPage();
  const [{ model: name }, query] = await Promise.all([params, searchParams]);
  const live = await loadModel(name);
  const [versions, reach] = await Promise.all([loadVersions(name), loadReach(actor, live)]);
  const model = adminModelAnswer(live);
  const view = typeof query.view === "string" ? query.view : "";
  const tabs = [
    { href: modelPath(name), label: "Overview" },
    { href: modelPath(name, "versions"), label: "Versions", count: versions.length },
    { href: modelPath(name, "signature"), label: "Inputs and results" },
    { href: modelPath(name, "settings"), label: "Settings" },
  ];

  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <span className="min-w-0 wrap-anywhere">{model.title}</span>
            <StateBadge model={model} />
          </span>
        }
        description={<CopyableId value={name} label="name of the model" />}
        action={
          <>
            <LinkButton href={`/playground?model=${encodeURIComponent(name)}`} prefetch={false}>
              Playground
            </LinkButton>
            <LinkButton href={modelPath(name, "new-version")} variant="primary">
              New version
            </LinkButton>
          </>
        }
      />
      <TabsNav
        label="Parts of the model"
        items={tabs}
        current={view === "new-version" ? modelPath(name, "versions") : modelPath(name, view)}
      />
      {view === "versions" ? (
        <VersionsView model={model} versions={versions} reach={reach} query={query} />
      ) : view === "signature" ? (
        <PrepareSignature model={model} versions={versions} wanted={query.version} />
      ) : view === "new-version" ? (
        <PrepareVersion model={model} versions={versions} reach={reach} />
      ) : view === "settings" ? (
        <PrepareSettings model={model} reach={reach} />
      ) : (
        <OverviewView model={model} versions={versions} reach={reach} />
      )}
    </>
  );
}
