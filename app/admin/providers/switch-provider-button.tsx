"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import type { ProviderView } from "@/lib/providers/schema";

/** At once: it can be switched back as quickly, and nobody who is signed in notices. */
export function SwitchProviderButton({ provider: { id, title, enabled } }: { provider: ProviderView }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);

  async function change() {
    setIsBusy(true);
    try {
      await api("PATCH", `/api/v1/admin/providers/${encodeURIComponent(id)}`, { enabled: !enabled });
      toast.success(enabled ? `Nobody signs in through ${title} any more` : `${title} signs people in again`);
      router.refresh();
    } catch (error) {
      toast.error(`${title} was not changed`, { description: explainError(error) });
    }
    setIsBusy(false);
  }

  const verb = enabled ? "Switch off" : "Switch on";
  return (
    <Button size="sm" isBusy={isBusy} aria-label={`${verb} ${title}`} onClick={change}>
      {verb}
    </Button>
  );
}
