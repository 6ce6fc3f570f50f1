import { ChoiceNav } from "@/app/_usage/choice-nav";
import { Downloads } from "@/app/_usage/downloads";
import type { Range } from "@/app/_usage/usage-range";
import { UsageTable } from "@/app/_usage/usage-table";
import { timeWords } from "@/app/_usage/usage-words";
import type { UsageView } from "@/lib/usage/schema";
import { type Asked, hrefOf } from "./asked";

const groups = { time: "Time", model: "Model", key: "API key" } as const;
type Group = keyof typeof groups;

type NumbersCardProps = {
  asked: Asked;
  range: Range;
  query: { from: string; to: string; model: string | undefined; key: string | undefined };
  reports: Record<Group, UsageView>;
};

/** The same as the charts say, in rows, and as files. */
export function NumbersCard({ asked, range, query, reports }: NumbersCardProps) {
  const { group } = asked;
  const { items, currency } = reports[group];
  const time = group === "time" ? range : undefined;
  return (
    <UsageTable
      title="In numbers"
      what={time ? timeWords[time.grain] : groups[group]}
      currency={currency}
      rows={items}
      time={time}
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
          report="/api/v1/usage"
          calls="/api/v1/usage/calls"
          query={query}
          groupBy={time ? time.grain : group}
        />
      }
    />
  );
}
