import Link from "next/link";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { millisecondsText } from "@/app/_model/model-words";
import type { SessionActor } from "@/lib/core/actor";
import { listPredictions } from "@/lib/predictions/queries";
import { predictionView } from "@/lib/predictions/view";

const shownMax = 5;

/** The newest calls that are kept; nothing before the first one, which the first steps ask for. */
export async function LastCallsCard({ actor }: { actor: SessionActor }) {
  const { items } = await listPredictions(actor, { limit: shownMax });
  if (items.length === 0) return null;
  return (
    <Card
      title="Last calls"
      isFlush
      footer={
        <Link href="/predictions" className="rounded-sm font-medium text-accent-ink hover:underline">
          All predictions
        </Link>
      }
    >
      <ul className="divide-y divide-line border-t">
        {items.map(predictionView).map(({ id, model, version, status, created_at, metrics }) => (
          <li key={id} className="flex items-center gap-4 px-5 py-2.5">
            <p className="min-w-0 flex-1 truncate">
              <span className="font-medium">{model}</span>{" "}
              <span className="text-[13px] text-muted" title={`Version ${version}`}>
                v{version}
              </span>
            </p>
            <Badge tone={status === "succeeded" ? "success" : "danger"} hasDot>
              {status === "succeeded" ? "Succeeded" : "Failed"}
            </Badge>
            <span className="hidden w-16 shrink-0 text-right text-muted tabular-nums sm:block">
              {millisecondsText(metrics.predict_ms + metrics.queue_ms)}
            </span>
            <RelativeTime at={created_at} className="w-22 shrink-0 text-right text-[13px] text-muted" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
