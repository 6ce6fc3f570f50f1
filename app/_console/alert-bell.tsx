import { Bell } from "lucide-react";
import Link from "next/link";
import { countUnseen } from "@/lib/alerts/queries";
import type { SessionActor } from "@/lib/core/actor";

/** Where alerts are, and how many are new. */
export async function AlertBell({ actor }: { actor: SessionActor }) {
  const unseen = await countUnseen(actor);
  return (
    <Link
      href="/alerts"
      prefetch={false}
      aria-label={unseen > 0 ? `Alerts, ${unseen} new` : "Alerts"}
      className="relative grid size-8 shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink"
    >
      <Bell aria-hidden="true" className="size-4" />
      {unseen > 0 && (
        <span
          aria-hidden="true"
          className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-medium text-[10px] text-on-accent leading-none tabular-nums"
        >
          {unseen > 99 ? "99+" : unseen}
        </span>
      )}
    </Link>
  );
}
