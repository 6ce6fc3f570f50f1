"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { PlanView } from "@/lib/plans/schema";

const load = () => import("./plan-dialog");

export function EditPlanButton({ plan, currency }: { plan: PlanView; currency: string }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Edit the plan ${plan.name}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Edit
      </Button>
      {opened && <opened.module.PlanDialog plan={plan} currency={currency} onClose={close} />}
    </>
  );
}
