import Link from "next/link";
import { Alert } from "@/app/_components/alert";
import { Card } from "@/app/_components/card";
import { DefinitionList } from "@/app/_components/definition-list";
import { RelativeTime } from "@/app/_components/relative-time";
import { Stat } from "@/app/_components/stat";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import { AutoRefresh } from "../_parts/auto-refresh";
import { modelPath } from "../_parts/model-paths";
import {
  type AdminModel,
  accessChoices,
  historyWords,
  stateWords,
  type Version,
} from "../_parts/model-words";
import { formatBytes, formatMs } from "../_parts/units";
import type { Reach } from "./load-reach";
import { PauseButton } from "./pause-button";
import { reachWords } from "./reach-words";
import { VersionSource } from "./version-source";

type OverviewViewProps = { model: AdminModel; versions: readonly Version[]; reach: Reach };

export function OverviewView({ model, versions, reach }: OverviewViewProps) {
  const { report, numbers } = model;
  return (
    <div className="space-y-6">
      <Notices model={model} reach={reach} />
      <div>
        <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
          <Stat label="Calls" value={formatNumber(numbers.calls)} hint={countOf(numbers.rows, "row")} />
          <Stat label="Errors" value={formatNumber(numbers.errors)} hint={errorShare(model)} />
          <Stat label="Typical time (p50)" value={formatMs(numbers.p50_ms)} hint="Half are faster" />
          <Stat label="Slow calls (p95)" value={formatMs(numbers.p95_ms)} hint="95 of 100 are faster" />
        </div>
        <p className="mt-2 text-[13px] text-muted">
          Counted by this process since it started <RelativeTime at={numbers.since} />; renewed every few
          seconds.
        </p>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card
          title="Right now"
          description={report.state === "failing" ? undefined : stateWords[report.state].text}
        >
          <DefinitionList items={runnerFacts(model)} />
        </Card>
        <Card title="In use">
          <DefinitionList items={versionFacts(model, versions)} />
        </Card>
        <Card
          title="Who and what"
          className="lg:col-span-2"
          action={
            <Link
              href={modelPath(model.name, "settings")}
              className="text-accent-ink underline-offset-4 hover:underline"
            >
              Change
            </Link>
          }
        >
          <DefinitionList items={settingFacts(model, reach)} />
        </Card>
      </div>
      <AutoRefresh />
    </div>
  );
}

function Notices({ model, reach }: Pick<OverviewViewProps, "model" | "reach">) {
  const { report, is_paused } = model;
  return (
    <>
      {is_paused && (
        <Alert
          tone="warning"
          title="This model is paused"
          text="Every call is refused and told to come back later. Nothing is lost; resume it when you are ready."
          action={<PauseButton name={model.name} title={model.title} isPaused reach={reachWords(reach)} />}
        />
      )}
      {report.state === "failing" && (
        <Alert
          tone="danger"
          title="The last attempts to run it failed"
          text={report.reason ?? "No reason was given. Look at the log of the app."}
        />
      )}
    </>
  );
}

function errorShare({ numbers: { calls, errors } }: AdminModel): string {
  if (errors === 0) return calls === 0 ? "No calls yet" : "None of them";
  const percent = (errors / calls) * 100;
  return `${percent < 0.1 ? "under 0.1" : Number(percent.toFixed(1))} % of the calls`;
}

function runnerFacts({ report, runner, limits }: AdminModel) {
  const isService = runner === "http";
  return [
    {
      term: "State",
      description: stateWords[report.state].label,
    },
    ...(isService
      ? []
      : [
          {
            term: "Processes",
            description: `${report.runners} of at most ${limits.runners_max}`,
          },
          {
            term: "Memory",
            description: `${formatBytes(report.memory_bytes)} of at most ${formatBytes(
              limits.memory_max_mb * limits.runners_max * 1024 * 1024,
            )}`,
          },
        ]),
    { term: "Calls at work", description: formatNumber(report.running) },
    {
      term: "Calls waiting",
      description: `${formatNumber(report.queued)} of at most ${formatNumber(limits.queue_max)}`,
    },
  ];
}

function versionFacts(model: AdminModel, versions: readonly Version[]) {
  const stable = versions.find(({ is_stable }) => is_stable);
  const next = versions.find(({ is_next }) => is_next);
  return [
    { term: "Version", description: `${model.version} of ${countOf(versions.length, "version")}` },
    ...(stable
      ? [
          { term: "From", description: <VersionSource version={stable} /> },
          {
            term: "Added",
            description: (
              <>
                <RelativeTime at={stable.created_at} /> by {stable.created_by}
              </>
            ),
          },
          ...(stable.note ? [{ term: "Note", description: stable.note }] : []),
        ]
      : []),
    {
      term: "On trial",
      description: next ? `Version ${next.number}, for callers who ask for “next”` : "none",
    },
  ];
}

function settingFacts({ access, history, limits, description, updated_at }: AdminModel, reach: Reach) {
  return [
    ...(description ? [{ term: "Description", description }] : []),
    {
      term: "May use it",
      description: `${accessChoices.find(({ value }) => value === access.kind)?.label}: ${reachWords(reach)}`,
    },
    { term: "Kept of calls", description: historyWords(history) },
    {
      term: "One call may",
      description: `bring ${countOf(limits.rows_max, "row")} and take ${formatMs(limits.timeout_ms)}`,
    },
    { term: "Changed", description: <RelativeTime at={updated_at} /> },
  ];
}
