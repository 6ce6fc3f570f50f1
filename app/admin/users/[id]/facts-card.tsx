import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AboutUser } from "./about-user";

export function FactsCard({ user }: Pick<AboutUser, "user">) {
  const facts = [
    { term: "Last seen", value: user.last_seen_at ? <RelativeTime at={user.last_seen_at} /> : "never" },
    { term: "Created", value: <RelativeTime at={user.created_at} /> },
    { term: "Changed", value: <RelativeTime at={user.updated_at} /> },
  ];
  return (
    <Card>
      <dl className="space-y-2">
        {facts.map(({ term, value }) => (
          <div key={term} className="flex items-baseline justify-between gap-4">
            <dt className="text-muted">{term}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
        <div className="border-t pt-2">
          <dt className="sr-only">Id</dt>
          <dd className="text-[13px] text-muted">
            <CopyableId value={user.id} label="user id" />
          </dd>
        </div>
      </dl>
    </Card>
  );
}
