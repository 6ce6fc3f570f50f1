"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { Plan } from "./plan-card";

const load = () => import("./plan-dialog");

export function EditPlanButton({ plan }: { plan: Plan }) {
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
      {opened && <opened.module.PlanDialog plan={plan} onClose={close} />}
    </>
  );
}
