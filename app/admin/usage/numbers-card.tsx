import { ChoiceNav } from "@/app/_usage/choice-nav";
import { Downloads } from "@/app/_usage/downloads";
import type { Range } from "@/app/_usage/usage-range";
import { UsageTable } from "@/app/_usage/usage-table";
import { timeWords } from "@/app/_usage/usage-words";
import type { AdminUsageView } from "@/lib/usage/schema";
import { type Asked, hrefOf } from "./asked";

const groups = { time: "Time", user: "User", key: "API key", model: "Model", plan: "Plan" } as const;
type Group = keyof typeof groups;

type NumbersCardProps = {
  asked: Asked;
  range: Range;
  query: { from: string; to: string; model: string | undefined };
  /** Of those that are not in sight only what the rest of the page needs is there. */
  reports: Record<Group, AdminUsageView | null>;
};

/** The same as the charts say, in rows that lead on, and as files. */
export function NumbersCard({ asked, range, query, reports }: NumbersCardProps) {
  const { group } = asked;
  const report = reports[group];
  if (!report) return null;
  const time = group === "time" ? range : undefined;
  return (
    <UsageTable
      title="In numbers"
      what={time ? timeWords[time.grain] : groups[group]}
      currency={report.currency}
      rows={report.items}
      time={time}
      hrefOf={pathsOf[group]}
      action={
        <ChoiceNav
          label="Group by"
          current={group}
          items={(Object.keys(groups) as Group[]).map((id) => ({
            id,
            label: groups[id],
            href: hrefOf(asked, { group: id }),
          }))}
        />
      }
      footer={
        <Downloads
          report="/api/v1/admin/usage"
          calls="/api/v1/admin/usage/calls"
          query={query}
          groupBy={time ? time.grain : group}
        />
      }
    />
  );
}

type PathOf = (row: { group: string; label: string }) => string;

/** Where the rows lead. */
const pathsOf: Record<Group, PathOf | undefined> = {
  time: undefined,
  user: ({ group }) => `/admin/users/${group}`,
  key: undefined,
  model: ({ label }) => `/admin/models/${label}`,
  plan: () => "/admin/plans",
};
