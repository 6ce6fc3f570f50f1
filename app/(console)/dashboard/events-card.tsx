import Link from "next/link";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { whatHappened, whoDidIt } from "@/app/admin/_parts/audit-words";
import { listAuditEvents } from "@/lib/audit/queries";
import { auditView } from "@/lib/audit/view";
import type { SessionActor } from "@/lib/core/actor";

export async function EventsCard({ actor }: { actor: SessionActor }) {
  const { items } = await listAuditEvents(actor, { limit: 5 });
  return (
    <Card
      title="What happened last"
      isFlush
      footer={
        <Link href="/admin/audit" className="rounded-sm font-medium text-accent-ink hover:underline">
          All audit events
        </Link>
      }
    >
      <ul className="divide-y divide-line border-t">
        {items.map(auditView).map((event) => {
          const who = whoDidIt(event);
          return (
            <li key={event.id} className="flex items-baseline justify-between gap-4 px-5 py-2.5">
              <p className="min-w-0 wrap-anywhere">
                <span className="font-medium">{who}</span> {whatHappened(event)}
                {event.object.label !== who && <span className="text-muted"> · {event.object.label}</span>}
              </p>
              <RelativeTime at={event.at} className="shrink-0 text-[13px] text-muted" />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
