import type { ChartPoint, ChartShape } from "./chart-shape";
import type { Range } from "./usage-range";
import { countText, latencyText, moneyText, numberText, type TimeGrain } from "./usage-words";

type Numbers = {
  calls: number;
  failures: number;
  cost: number;
  p50_ms: number | null;
  p95_ms: number | null;
};
type Row = Numbers & { group: string };
type Report = { currency: string; total: Numbers; items: readonly Row[] };
type Span = Pick<Range, "grain" | "endsAt" | "words">;

export type Chart = ChartShape & { title: string; axis: string };

const per: Record<TimeGrain, string> = { hour: "per hour", day: "per day", month: "per month" };

/** The report has every hour, day or month, those without a call too; what has not come yet is left out. */
const pointsOf = <R extends Row>(
  items: readonly R[],
  { endsAt }: Span,
  valuesOf: (row: R) => ChartPoint["values"],
): ChartPoint[] =>
  items.map((row) => ({ at: Date.parse(row.group), values: valuesOf(row) })).filter(({ at }) => at < endsAt);

export function callsChart({ currency, total, items }: Report, span: Span): Chart {
  const failed = total.failures === 0 ? "none failed" : `${numberText(total.failures)} failed`;
  return {
    title: `${countText(total.calls, "call")} ${span.words}${total.calls > 0 ? `, ${failed}` : ""}`,
    axis: `Calls ${per[span.grain]}`,
    unit: "count",
    currency,
    grain: span.grain,
    series: [
      { key: "succeeded", label: "Succeeded", look: "bar" },
      { key: "failed", label: "Failed", look: "hatched" },
    ],
    points: pointsOf(items, span, (row) => ({
      succeeded: row.calls - row.failures,
      failed: row.failures,
    })),
  };
}

export function costChart({ currency, total, items }: Report, span: Span): Chart {
  return {
    title: `${moneyText(total.cost, currency)} ${span.words}`,
    axis: `Cost ${per[span.grain]}`,
    unit: "money",
    currency,
    grain: span.grain,
    series: [{ key: "cost", label: "Cost", look: "bar" }],
    points: pointsOf(items, span, (row) => ({ cost: row.cost })),
  };
}

export function latencyChart({ currency, total, items }: Report, span: Span): Chart {
  return {
    title:
      total.p95_ms === null
        ? `No call to time ${span.words}`
        : `Half of the calls took up to ${latencyText(total.p50_ms)}, 95\u00a0% up to ${latencyText(total.p95_ms)}`,
    axis: `Latency ${per[span.grain]}`,
    unit: "ms",
    currency,
    grain: span.grain,
    series: [
      { key: "p50", label: "p50", look: "line" },
      { key: "p95", label: "p95", look: "dashed" },
    ],
    points: pointsOf(items, span, (row) => ({ p50: row.p50_ms, p95: row.p95_ms })),
  };
}

type OwnersRow = Row & { expense: number };
type OwnersReport = Report & {
  total: Numbers & { expense: number; margin: number };
  items: readonly OwnersRow[];
};

export function marginChart({ currency, total, items }: OwnersReport, span: Span): Chart {
  const money = (value: number) => moneyText(value, currency);
  return {
    title: `${money(total.cost)} charged and ${money(total.expense)} spent ${span.words}: ${money(total.margin)} remain`,
    axis: `Money ${per[span.grain]}`,
    unit: "money",
    currency,
    grain: span.grain,
    series: [
      { key: "cost", label: "Charged", look: "bar" },
      { key: "expense", label: "Expense", look: "dashed" },
    ],
    points: pointsOf(items, span, (row) => ({ cost: row.cost, expense: row.expense })),
  };
}
