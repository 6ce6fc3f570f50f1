import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import type { ProviderView } from "@/lib/providers/schema";
import { countOf } from "../_parts/count";
import { DeleteProviderButton } from "./delete-provider-button";
import { EditProviderButton } from "./edit-provider-button";
import { kindWords } from "./provider-words";
import { SwitchProviderButton } from "./switch-provider-button";

export function ProviderCard({ provider }: { provider: ProviderView }) {
  const facts = [
    ["Kind", kindWords[provider.kind].label],
    ["Issuer", <CopyableId key="issuer" value={provider.issuer} label="issuer" />],
    ["Client id", <CopyableId key="client" value={provider.client_id} label="client id" />],
    [
      "Callback address",
      <CopyableId key="callback" value={provider.callback_url} label="callback address" />,
    ],
  ] as const;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="wrap-anywhere">{provider.title}</span>
          <Badge tone={provider.enabled ? "success" : "neutral"} hasDot>
            {provider.enabled ? "On" : "Off"}
          </Badge>
        </span>
      }
      className="flex min-w-0 flex-col [&>:last-child]:mt-auto"
      footer={
        <>
          <span>{countOf(provider.people, "person", "people")}</span>
          <span className="flex flex-wrap gap-2">
            <DeleteProviderButton provider={provider} />
            <SwitchProviderButton provider={provider} />
            <EditProviderButton provider={provider} />
          </span>
        </>
      }
    >
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[auto_minmax(0,1fr)]">
        {facts.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
