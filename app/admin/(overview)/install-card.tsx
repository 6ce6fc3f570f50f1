import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import type { Install } from "@/lib/install/queries";
import { databaseName } from "../_parts/install-words";

export function InstallCard({ install }: { install: Install }) {
  const facts = [
    { term: "Version", value: install.version },
    { term: "Database", value: databaseName[install.database] },
    { term: "Address", value: install.baseUrl.replace(/^https?:\/\//, "") },
  ];
  return (
    <Card
      title="This install"
      action={
        <LinkButton size="sm" href="/admin/settings">
          Settings
        </LinkButton>
      }
    >
      <dl className="space-y-2">
        {facts.map(({ term, value }) => (
          <div key={term} className="flex items-baseline justify-between gap-4">
            <dt className="text-muted">{term}</dt>
            <dd className="min-w-0 text-right wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
