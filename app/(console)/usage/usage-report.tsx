import { Alert } from "@/app/_components/alert";
import { orFault } from "@/app/_usage/asked-report";
import { ChartCard } from "@/app/_usage/chart-card";
import { ErrorsCard } from "@/app/_usage/errors-card";
import { RankedCard } from "@/app/_usage/ranked-card";
import { Totals, totalsOf } from "@/app/_usage/totals";
import { callsChart, costChart, latencyChart } from "@/app/_usage/usage-charts";
import type { Range } from "@/app/_usage/usage-range";
import { countText } from "@/app/_usage/usage-words";
import type { SessionActor } from "@/lib/core/actor";
import { usageReport } from "@/lib/usage/queries/usage-report";
import { type Asked, hrefOf } from "./asked";
import { NumbersCard } from "./numbers-card";

type UsageReportProps = { actor: SessionActor; asked: Asked; range: Range };

/** The whole answer: what it came to, when, of which model, with which key, and what went wrong. */
export async function UsageReport({ actor, asked, range }: UsageReportProps) {
  const query = { from: range.from, to: range.to, model: asked.model, key: asked.key };
  const { report, fault } = await orFault(
    Promise.all([
      usageReport(actor, { ...query, group_by: range.grain }),
      usageReport(actor, { ...query, group_by: "model" }),
      usageReport(actor, { ...query, group_by: "key" }),
    ]),
  );
  if (fault !== undefined) return <Alert tone="warning" title="This time cannot be shown" text={fault} />;
  const [times, byModel, byKey] = report;
  const { currency, total } = times;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Totals label="In all" items={totalsOf(total, currency)} className="lg:col-span-2" />
        <ChartCard {...callsChart(times, range)} className="lg:col-span-2" />
        <ChartCard {...costChart(times, range)} />
        <ChartCard {...latencyChart(times, range)} />
        <RankedCard
          title={mostOf(byModel.items, (label, calls) => `${label} was called most: ${calls}`) ?? "By model"}
          what="Model"
          counted="Calls"
          empty="No model was called in this time."
          rows={byModel.items.map(({ group, label, calls }) => ({
            id: group,
            label,
            value: calls,
            href: hrefOf(asked, { model: label }),
          }))}
        />
        <RankedCard
          title={
            mostOf(byKey.items, (label, calls) => `Most calls came ${labelOfKey(label)}: ${calls}`) ??
            "By API key"
          }
          what="API key"
          counted="Calls"
          empty="Nothing was called in this time, with a key or without."
          rows={byKey.items.map(({ group, label, calls }) => ({
            id: group,
            label,
            value: calls,
            href: hrefOf(asked, { key: group }),
          }))}
        />
        <ErrorsCard errors={times.errors} className="lg:col-span-2" />
      </div>
      <NumbersCard
        asked={asked}
        range={range}
        query={query}
        reports={{ time: times, model: byModel, key: byKey }}
      />
    </>
  );
}

type Item = { group: string; label: string; calls: number };

/** The answer that a ranking gives; none where nothing was called. */
function mostOf(items: readonly Item[], words: (label: string, calls: string) => string): string | undefined {
  const [first] = items;
  return first && first.calls > 0 ? words(first.label, countText(first.calls, "call")) : undefined;
}

const labelOfKey = (label: string): string => (label === "Without a key" ? "without a key" : `from ${label}`);
