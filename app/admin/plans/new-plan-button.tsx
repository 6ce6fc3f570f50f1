"use client";

import { Plus } from "lucide-react";
import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./plan-dialog");

export function NewPlanButton({ currency }: { currency: string }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        variant="primary"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        <Plus aria-hidden="true" />
        New plan
      </Button>
      {opened && <opened.module.PlanDialog plan={null} currency={currency} onClose={close} />}
    </>
  );
}
