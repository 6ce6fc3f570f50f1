import { Alert } from "@/app/_components/alert";
import { orFault } from "@/app/_usage/asked-report";
import { ChartCard } from "@/app/_usage/chart-card";
import { ErrorsCard } from "@/app/_usage/errors-card";
import { RankedCard } from "@/app/_usage/ranked-card";
import { Totals, totalsOf } from "@/app/_usage/totals";
import { callsChart, latencyChart, marginChart } from "@/app/_usage/usage-charts";
import { lastMonths, type Range } from "@/app/_usage/usage-range";
import { moneyText, shareText } from "@/app/_usage/usage-words";
import type { SessionActor } from "@/lib/core/actor";
import { nearCap } from "@/lib/usage/queries/near-cap";
import { adminUsageReport } from "@/lib/usage/queries/usage-report";
import type { AdminUsageQuery, AdminUsageView } from "@/lib/usage/schema";
import type { Asked } from "./asked";
import { NearCapCard } from "./near-cap-card";
import { NumbersCard } from "./numbers-card";

type UsageReportProps = { actor: SessionActor; asked: Asked; range: Range; at: number };

const nearPercent = 75;

/** The whole answer about everyone: how it goes, what remains, who calls most, and who will soon be refused. */
export async function UsageReport({ actor, asked, range, at }: UsageReportProps) {
  const query = { from: range.from, to: range.to, model: asked.model };
  const year = lastMonths(12, at);
  const reportBy = (group_by: AdminUsageQuery["group_by"]) => adminUsageReport(actor, { ...query, group_by });
  const { report, fault } = await orFault(
    Promise.all([
      reportBy(range.grain),
      reportBy("user"),
      reportBy("key"),
      reportBy("model"),
      asked.group === "plan" ? reportBy("plan") : null,
      adminUsageReport(actor, { from: year.from, to: year.to, model: asked.model, group_by: "month" }),
      nearCap(actor, { percent: nearPercent }),
    ]),
  );
  if (fault !== undefined) return <Alert tone="warning" title="This time cannot be shown" text={fault} />;
  const [time, user, key, model, plan, months, near] = report;
  const { currency } = time;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Totals label="In all" items={ownersTotals(time)} className="lg:col-span-2" />
        <ChartCard {...callsChart(time, range)} className="lg:col-span-2" />
        <ChartCard {...latencyChart(time, range)} />
        <ChartCard {...marginChart(months, year)} />
        <RankedCard
          title="Who called most"
          what="User"
          counted="Calls"
          empty="Nobody called in this time."
          rows={user.items.map(({ group, label, calls }) => ({
            id: group,
            label,
            value: calls,
            href: `/admin/users/${group}`,
          }))}
        />
        <RankedCard
          title="Which keys called most"
          what="API key"
          counted="Calls"
          empty="No key was used in this time."
          rows={key.items.map(({ group, label, calls }) => ({ id: group, label, value: calls }))}
        />
        <RankedCard
          title="Which models were called most"
          what="Model"
          counted="Calls"
          empty="No model was called in this time."
          rows={model.items.map(({ group, label, calls }) => ({
            id: group,
            label,
            value: calls,
            href: `/admin/models/${label}`,
          }))}
        />
        <NearCapCard items={near} currency={currency} />
        <ErrorsCard errors={time.errors} className="lg:col-span-2" />
      </div>
      <NumbersCard asked={asked} range={range} query={query} reports={{ time, user, key, model, plan }} />
    </>
  );
}

/** What was charged is the cost of those who call; the expense is the owner's. */
function ownersTotals({ total, currency }: AdminUsageView) {
  const { cost, margin, expense } = total;
  const totals = totalsOf(total, currency).map((item) =>
    item.label === "Cost" ? { ...item, label: "Charged" } : item,
  );
  return [
    ...totals,
    {
      label: "Margin",
      value: moneyText(margin, currency),
      hint: cost > 0 ? `${shareText(margin, cost)} of it` : `${moneyText(expense, currency)} expense`,
      ...(margin < 0 ? { tone: "danger" as const } : {}),
    },
  ];
}
