import Link from "next/link";
import { Card } from "@/app/_components/card";
import { defaultPlan, type PlanView } from "@/lib/plans/schema";
import { countOf } from "../_parts/count";
import { DeletePlanButton } from "./delete-plan-button";
import { EditPlanButton } from "./edit-plan-button";
import { limitsInWords } from "./limit-words";
import { pricesInWords, quotaInWords } from "./plan-words";

export function PlanCard({ plan, currency }: { plan: PlanView; currency: string }) {
  const facts = [
    ["Limits", limitsInWords(plan.limits) ?? "None of its own"],
    ["Quota", quotaInWords(plan.quota, currency) ?? "None"],
    ["Prices", pricesInWords(plan.prices, currency) ?? "Calls cost nothing"],
  ] as const;
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
          <span className="flex gap-2">
            {plan.users === 0 && plan.id !== defaultPlan && <DeletePlanButton plan={plan} />}
            <EditPlanButton plan={plan} currency={currency} />
          </span>
        </>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {facts.map(([term, words]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd>{words}.</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
