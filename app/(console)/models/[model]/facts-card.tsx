import { Card } from "@/app/_components/card";
import { DefinitionList } from "@/app/_components/definition-list";
import { RelativeTime } from "@/app/_components/relative-time";
import type { ModelRow } from "@/app/_model/model-words";
import { formatNumber } from "@/app/admin/_parts/count";

type Limits = { per_minute: number | null; per_hour: number | null; concurrency: number | null };
type FactsCardProps = { model: ModelRow; plan: { name: string; limits: Limits } };

/** What one may expect of it and ask of it. */
export function FactsCard({ model, plan }: FactsCardProps) {
  const { limits, version, next_version, updated_at } = model;
  return (
    <Card title="Limits and version">
      <DefinitionList
        className="[&>div]:grid-cols-[7rem_minmax(0,1fr)]"
        items={[
          { term: "Time limit", description: `${formatNumber(limits.timeout_ms / 1000)} s for a call` },
          {
            term: "Rows at once",
            description: limits.rows_max === 1 ? "1" : `up to ${formatNumber(limits.rows_max)}`,
          },
          { term: "Your calls", description: planText(plan) },
          {
            term: "Version",
            description:
              next_version === null ? version : `${version}, and ${next_version} on trial as “next”`,
          },
          { term: "Changed", description: <RelativeTime at={updated_at} /> },
        ]}
      />
    </Card>
  );
}

function planText({ name, limits: { per_minute, per_hour, concurrency } }: FactsCardProps["plan"]): string {
  const parts = [
    per_minute !== null && `${formatNumber(per_minute)} a minute`,
    per_hour !== null && `${formatNumber(per_hour)} an hour`,
    concurrency !== null && `${formatNumber(concurrency)} at the same time`,
  ].filter(Boolean);
  return parts.length === 0 ? `no limit (plan ${name})` : `${parts.join(", ")} (plan ${name})`;
}
