import Link from "next/link";
import { ChartCard } from "@/app/_usage/chart-card";
import { callsChart } from "@/app/_usage/usage-charts";
import { rangeOf } from "@/app/_usage/usage-range";
import { latencyText, moneyText } from "@/app/_usage/usage-words";
import type { SessionActor } from "@/lib/core/actor";
import { now } from "@/lib/infra/clock";
import { adminUsageReport } from "@/lib/usage/queries/usage-report";

/** How the last day went for everyone, in one look. */
export async function CallsCard({ actor }: { actor: SessionActor }) {
  const range = rangeOf({ range: "24h" }, now().getTime());
  const report = await adminUsageReport(actor, { from: range.from, to: range.to, group_by: "hour" });
  const { total, currency } = report;
  return (
    <ChartCard
      {...callsChart(report, range)}
      className="mt-6"
      footer={
        <p className="flex flex-wrap justify-between gap-x-6 gap-y-1 rounded-b-lg border-t bg-canvas px-5 py-3 text-muted tabular-nums">
          <span>
            p95 {latencyText(total.p95_ms)} · {moneyText(total.cost, currency)} charged
          </span>
          <Link href="/admin/usage" className="rounded-sm font-medium text-accent-ink hover:underline">
            Usage of everyone
          </Link>
        </p>
      }
    />
  );
}
