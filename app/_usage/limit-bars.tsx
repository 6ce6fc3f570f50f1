import { Badge } from "@/app/_components/badge";
import { cn } from "@/app/_components/cn";
import { RelativeTime } from "@/app/_components/relative-time";
import { formatNumber } from "@/app/admin/_parts/count";
import type { LimitView } from "@/lib/usage/schema";

import { type LimitState, limitWords, percentOf, stateOf } from "./limit-words";
import { moneyText } from "./usage-words";

type LimitBarsProps = {
  /** Those without a limit are left out. */
  limits: readonly LimitView[];
  currency: string;
  /** The time of the server. Needed only when rendered inside a client component. */
  now?: number;
};

const fills: Record<LimitState, string> = { free: "bg-accent", near: "bg-warning", full: "bg-danger" };

/** What of each limit is used and what is left, as a list that also reads well without the bars. */
export function LimitBars({ limits, currency, now }: LimitBarsProps) {
  const bounded = limits.filter(({ limit }) => limit !== null);
  if (bounded.length === 0) return <p className="text-muted">The plan limits nothing.</p>;
  return (
    <ul className="space-y-4">
      {bounded.map((limit) => (
        <li key={limit.name}>
          <LimitBar limit={limit} currency={currency} now={now} />
        </li>
      ))}
    </ul>
  );
}

function LimitBar({ limit, currency, now }: { limit: LimitView; currency: string; now: number | undefined }) {
  const { label, isMoney } = limitWords[limit.name];
  const percent = percentOf(limit);
  const state = stateOf(percent);
  const words = (value: number) => (isMoney ? moneyText(value, currency) : formatNumber(value));
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <span className="font-medium">
          {label} <StateMark state={state} />
        </span>
        <span className="text-[13px] text-muted tabular-nums">
          <span className="text-ink">{words(limit.used)}</span> of {words(limit.limit ?? 0)} used
        </span>
      </div>
      <div aria-hidden="true" className="mt-1.5 flex h-2 overflow-hidden rounded-full bg-sunken">
        <span className={cn("h-2", fills[state])} style={{ width: widthOf(limit.used, limit) }} />
        {limit.reserved > 0 && (
          <span
            className={cn("h-2 opacity-45", fills[state])}
            style={{ width: widthOf(limit.reserved, limit) }}
          />
        )}
      </div>
      <div className="mt-1 flex justify-between gap-4 text-[13px] text-muted">
        <p>
          {words(limit.remaining ?? 0)} left
          {limit.reserved > 0 && `, ${words(limit.reserved)} held by what still runs`}
          {limit.frees_at !== null && (
            <>
              {" "}
              · frees <RelativeTime at={limit.frees_at} {...(now === undefined ? {} : { now })} />
            </>
          )}
        </p>
        <p className="shrink-0 tabular-nums">{percent} %</p>
      </div>
    </>
  );
}

function StateMark({ state }: { state: LimitState }) {
  if (state === "free") return null;
  return (
    <Badge tone={state === "full" ? "danger" : "warning"}>
      {state === "full" ? "Used up" : "Nearly used up"}
    </Badge>
  );
}

const widthOf = (part: number, { limit }: LimitView): string =>
  `${Math.min(100, limit ? (part / limit) * 100 : 100)}%`;
