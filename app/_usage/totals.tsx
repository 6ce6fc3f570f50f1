import type { ReactNode } from "react";
import { cn } from "@/app/_components/cn";
import { latencyText, moneyText, numberText, shareText } from "./usage-words";

export type Total = { label: string; value: string; hint?: ReactNode; tone?: "danger" };

/** A few numbers side by side; the gaps show the ground behind as thin lines, however the cells wrap. */
export function Totals({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly Total[];
  className?: string;
}) {
  return (
    <section aria-label={label} className={cn("overflow-hidden rounded-lg border bg-line", className)}>
      <dl className="grid grid-cols-2 gap-px sm:grid-flow-col sm:auto-cols-fr sm:grid-cols-none">
        {items.map(({ label, value, hint, tone }) => (
          <div
            key={label}
            className="bg-surface px-4 py-3.5 last:odd:col-span-2 sm:last:odd:col-span-1 lg:px-5"
          >
            <dt className="text-[13px] text-muted">{label}</dt>
            <dd
              className={cn(
                "mt-0.5 font-semibold text-xl leading-7 tracking-tight",
                tone === "danger" && "text-danger-ink",
              )}
            >
              {value}
            </dd>
            <dd className="min-h-5 text-[13px] text-muted">{hint}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Numbers = {
  calls: number;
  failures: number;
  units: number;
  cost: number;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
};

/** What is asked first: how many, how many failed, how fast, how much. */
export const totalsOf = (total: Numbers, currency: string): Total[] => [
  { label: "Calls", value: numberText(total.calls), hint: `${numberText(total.units)} units` },
  {
    label: "Failed",
    value: numberText(total.failures),
    hint: `${shareText(total.failures, total.calls)} of the calls`,
    ...(total.failures > 0 ? { tone: "danger" as const } : {}),
  },
  {
    label: "Latency, p95",
    value: latencyText(total.p95_ms),
    hint: `p50 ${latencyText(total.p50_ms)}, p99 ${latencyText(total.p99_ms)}`,
  },
  { label: "Cost", value: moneyText(total.cost, currency), hint: perCall(total, currency) },
];

const perCall = ({ cost, calls, failures }: Numbers, currency: string): string =>
  cost === 0 ? "Nothing is charged" : `${moneyText(cost / Math.max(1, calls - failures), currency)} per call`;
