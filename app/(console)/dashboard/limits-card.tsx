import Link from "next/link";
import { Card } from "@/app/_components/card";
import { LimitBars } from "@/app/_usage/limit-bars";
import type { SessionActor } from "@/lib/core/actor";
import { limitsLeft } from "@/lib/usage/queries/limits-left";

/** What is left of each limit of the plan, and when it is free again. */
export async function LimitsCard({ actor }: { actor: SessionActor }) {
  const left = await limitsLeft(actor);
  return (
    <Card
      title="What is left"
      footer={
        <Link href="/usage" className="rounded-sm font-medium text-accent-ink hover:underline">
          Usage
        </Link>
      }
    >
      <LimitBars {...left} />
    </Card>
  );
}
