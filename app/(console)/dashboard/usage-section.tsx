import { ChartCard } from "@/app/_usage/chart-card";
import { ChoiceNav } from "@/app/_usage/choice-nav";
import { Totals, totalsOf } from "@/app/_usage/totals";
import { callsChart } from "@/app/_usage/usage-charts";
import { rangeOf } from "@/app/_usage/usage-range";
import type { SessionActor } from "@/lib/core/actor";
import { now } from "@/lib/infra/clock";
import { usageReport } from "@/lib/usage/queries/usage-report";

export const overviewRanges = ["24h", "7d"] as const;
export type OverviewRange = (typeof overviewRanges)[number];

const labels = { "24h": "24 h", "7d": "7 d" };

/** How it goes: the numbers of the last hours or days, and when the calls were. */
export async function UsageSection({ actor, range: asked }: { actor: SessionActor; range: OverviewRange }) {
  const range = rangeOf({ range: asked }, now().getTime());
  const report = await usageReport(actor, { from: range.from, to: range.to, group_by: range.grain });
  return (
    <section aria-label="Your calls" className="grid grid-cols-1 gap-3">
      <div className="flex items-center justify-between gap-4">
        <h2 className="font-semibold leading-6">Your calls</h2>
        <ChoiceNav
          label="Time"
          current={asked}
          items={overviewRanges.map((id) => ({
            id,
            label: labels[id],
            href: id === "7d" ? "/dashboard" : `/dashboard?range=${id}`,
          }))}
        />
      </div>
      <Totals label="Your calls in numbers" items={totalsOf(report.total, report.currency)} />
      {report.total.calls > 0 && <ChartCard {...callsChart(report, range)} />}
    </section>
  );
}
