"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toaster";
import { useLate } from "@/app/_components/use-late";
import type { PlanView } from "@/lib/plans/schema";

const load = () => import("@/app/_components/confirm-dialog");

/** Only for plans that nobody has; the API looks again, at deleted accounts and at models too. */
export function DeletePlanButton({ plan }: { plan: Pick<PlanView, "id" | "name"> }) {
  const router = useRouter();
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-haspopup="dialog"
        aria-label={`Delete the plan ${plan.name}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Delete
      </Button>
      {opened && (
        <opened.module.ConfirmDialog
          open
          onOpenChange={close}
          title={`Delete the plan ${plan.name}?`}
          consequences="Nobody is on it, so nothing stops working. This cannot be undone; the audit log keeps what it said."
          confirmLabel="Delete plan"
          onConfirm={async () => {
            await inPlainWords(api("DELETE", `/api/v1/admin/plans/${encodeURIComponent(plan.id)}`));
            toast.success(`The plan ${plan.name} is deleted`);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
