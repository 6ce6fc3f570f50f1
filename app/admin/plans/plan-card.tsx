import Link from "next/link";
import type { z } from "zod";
import { Card } from "@/app/_components/card";
import type { planView } from "@/lib/plans/schema";
import { countOf } from "../_parts/count";
import { EditPlanButton } from "./edit-plan-button";
import { limitsInWords } from "./limit-words";

export type Plan = z.infer<typeof planView>;

export function PlanCard({ plan }: { plan: Plan }) {
  const words = limitsInWords(plan.limits);
  return (
    <Card
      title={
        <span className="flex flex-wrap items-baseline gap-x-2">
          {plan.name}
          <code className="font-mono font-normal text-muted text-xs">{plan.id}</code>
        </span>
      }
      description={plan.description}
      className="flex min-w-0 flex-col [&>:last-child]:mt-auto"
      footer={
        <>
          <Link
            href={`/admin/users?plan=${plan.id}`}
            prefetch={false}
            className="underline-offset-4 hover:text-ink hover:underline"
          >
            {countOf(plan.users, "user")}
          </Link>
          <EditPlanButton plan={plan} />
        </>
      }
    >
      <p>{words ? `${words}.` : "No limits of its own."}</p>
    </Card>
  );
}
