import type { z } from "zod";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { RelativeTime } from "@/app/_components/relative-time";
import type { refusalView } from "@/lib/refusals/schema";
import { Ladder } from "./ladder";

type Refusal = z.infer<typeof refusalView>;

/** The answer first, then the cure, then everything that proves it. */
export function Verdict({ refusal }: { refusal: Refusal }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="space-y-6">
        <Card
          title={refusal.title}
          description={refusal.detail}
          action={<Badge tone={refusal.status >= 500 ? "danger" : "warning"}>{refusal.status}</Badge>}
        >
          <p className="font-medium">What to do</p>
          <p className="mt-1 max-w-prose text-muted">{refusal.cure}</p>
        </Card>
        {refusal.faults.length > 0 && <Faults faults={refusal.faults} />}
        <Card title="Every check on the way" description="In the order in which they are made.">
          <Ladder rungs={refusal.ladder} />
        </Card>
      </div>
      <div className="space-y-6">
        {refusal.numbers.length > 0 && (
          <Card title="The numbers at that moment">
            <dl className="space-y-3">
              {refusal.numbers.map(({ name, value }) => (
                <div key={name}>
                  <dt className="text-[13px] text-muted">{name}</dt>
                  <dd className="tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </Card>
        )}
        <Card title="The request">
          <Facts refusal={refusal} />
        </Card>
      </div>
    </div>
  );
}

function Faults({ faults }: { faults: Refusal["faults"] }) {
  return (
    <Card title={faults.length === 1 ? "What was wrong in it" : `${faults.length} things were wrong in it`}>
      <ul className="divide-y divide-line">
        {faults.map(({ pointer, message, fix }) => (
          <li key={`${pointer} ${message}`} className="py-2.5 first:pt-0 last:pb-0">
            <code className="break-all font-mono text-[13px]">{pointer || "the whole body"}</code>
            <p className="mt-0.5">{message}</p>
            <p className="text-muted">{fix}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Facts({ refusal }: { refusal: Refusal }) {
  const items = [
    { term: "When", description: <RelativeTime at={refusal.at} /> },
    {
      term: "What",
      description: (
        <code className="break-all font-mono text-[13px]">{`${refusal.method} ${refusal.path}`}</code>
      ),
    },
    { term: "Who", description: refusal.user?.email ?? "Not signed in" },
    ...(refusal.key ? [{ term: "With the key", description: refusal.key.name }] : []),
    { term: "From", description: <span className="tabular-nums">{refusal.address}</span> },
    { term: "Code", description: <CopyableId value={refusal.code} label="code" /> },
    { term: "Request id", description: <CopyableId value={refusal.request_id} label="request id" /> },
  ];
  return <DefinitionList items={items} className="[&>div]:grid-cols-1 [&>div]:sm:grid-cols-1" />;
}
