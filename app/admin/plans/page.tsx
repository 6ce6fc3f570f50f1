import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { listPlans } from "@/lib/plans/queries";
import { planView } from "@/lib/plans/view";
import { NewPlanButton } from "./new-plan-button";
import { PlanCard } from "./plan-card";

export const metadata: Metadata = { title: "Plans" };

export default async function PlansPage() {
  await requireAdminPage();
  const { currency } = env();
  const plans = (await listPlans()).map(planView);
  return (
    <>
      <PageHeader
        title="Plans"
        description="How much people and their programs may call, and what it costs. Everybody has one plan; choose it on the page of the user."
        action={<NewPlanButton currency={currency} />}
      />
      <div className="grid items-stretch gap-6 md:grid-cols-2 xl:grid-cols-3">
        {plans.map((plan) => (
          <PlanCard key={plan.id} plan={plan} currency={currency} />
        ))}
      </div>
    </>
  );
}
