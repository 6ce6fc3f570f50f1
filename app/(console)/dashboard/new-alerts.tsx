import { Alert } from "@/app/_components/alert";
import { LinkButton } from "@/app/_components/button";
import { RelativeTime } from "@/app/_components/relative-time";
import { listAlerts } from "@/lib/alerts/queries";
import { alertView } from "@/lib/alerts/view";
import type { SessionActor } from "@/lib/core/actor";

/** The newest two that nobody looked at yet; nothing while there is none. */
export async function NewAlerts({ actor }: { actor: SessionActor }) {
  const { items, nextCursor } = await listAlerts(actor, { state: "unseen", limit: 2 });
  return items.map(alertView).map(({ id, level, title, detail, created_at }, index, shown) => (
    <Alert
      key={id}
      className="mb-4"
      tone={level}
      title={title}
      text={
        <>
          {detail} <RelativeTime at={created_at} className="text-[13px]" />
        </>
      }
      action={
        <LinkButton href="/alerts?state=unseen" prefetch={false} size="sm">
          {nextCursor && index === shown.length - 1 ? "See all new alerts" : "What to do now"}
        </LinkButton>
      }
    />
  ));
}
