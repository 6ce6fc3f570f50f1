import { Badge } from "@/app/_components/badge";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { countOf } from "@/app/admin/_parts/count";
import { modelPath } from "../_parts/model-paths";
import type { AdminModel, Version } from "../_parts/model-words";
import { CompareCard } from "./compare-card";
import type { Reach } from "./load-reach";
import { reachWords } from "./reach-words";
import { UseButtons } from "./use-buttons";
import { VersionSource } from "./version-source";

type VersionsViewProps = {
  model: AdminModel;
  versions: readonly Version[];
  reach: Reach;
  query: Record<string, string | string[] | undefined>;
};

export function VersionsView({ model, versions, reach, query }: VersionsViewProps) {
  return (
    <div className="space-y-6">
      <Card
        isFlush
        title="Versions"
        description="A version never changes: what was predicted with it can be looked up for good. One is in use; another can be on trial, for callers who ask for “next”."
      >
        <ul className="border-t">
          {versions.map((version) => (
            <VersionRow key={version.number} version={version} model={model} reach={reach} />
          ))}
        </ul>
      </Card>
      {versions.length > 1 && <CompareCard versions={versions} older={query.older} newer={query.newer} />}
    </div>
  );
}

type VersionRowProps = { version: Version; model: AdminModel; reach: Reach };

function VersionRow({ version, model, reach }: VersionRowProps) {
  const { number, is_stable, is_next, note, created_at, created_by, signature } = version;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b px-5 py-4 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72 space-y-1">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          Version {number}
          {is_stable && (
            <Badge tone="success" hasDot>
              In use
            </Badge>
          )}
          {is_next && <Badge tone="accent">On trial</Badge>}
        </h3>
        {note && <p className="wrap-anywhere">{note}</p>}
        <div className="text-muted">
          <VersionSource version={version} />
        </div>
        <p className="text-[13px] text-muted">
          {signature.columns ? countOf(signature.columns.length, "column") : "tensors alone"}, added{" "}
          <RelativeTime at={created_at} /> by {created_by}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <LinkButton
          size="sm"
          variant="ghost"
          href={`${modelPath(model.name, "signature")}&version=${number}`}
          prefetch={false}
          aria-label={`Edit the names of version ${number}`}
        >
          Edit names
        </LinkButton>
        <UseButtons
          model={{ name: model.name, title: model.title }}
          number={number}
          stable={model.version}
          next={model.next_version}
          reach={reachWords(reach)}
        />
      </div>
    </li>
  );
}
