"use client";

import { CheckCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";

type Found = { items: { id: string }[]; next_cursor: string | null };

/** Page by page: what is marked leaves the list, so the next page is the first one again. */
async function seeAll(): Promise<void> {
  for (;;) {
    const { items, next_cursor } = await api<Found>("GET", "/api/v1/alerts?state=unseen&limit=100");
    for (const { id } of items) await api("POST", `/api/v1/alerts/${encodeURIComponent(id)}/seen`);
    if (next_cursor === null) return;
  }
}

export function SeeAllButton() {
  const router = useRouter();
  const { isBusy, runOnce } = useRunOnce();

  const run = () =>
    runOnce(async () => {
      try {
        await seeAll();
        toast.success("All alerts are marked as seen");
      } catch (error) {
        toast.error("Some alerts are still new", { description: explainError(error) });
      }
      router.refresh();
    });

  return (
    <Button variant="primary" isBusy={isBusy} onClick={run}>
      <CheckCheck aria-hidden="true" />
      Mark all as seen
    </Button>
  );
}
