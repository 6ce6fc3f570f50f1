import type { ReactNode } from "react";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";

export function AlertsHeader({ action }: { action?: ReactNode }) {
  return (
    <PageHeader
      title="Alerts"
      description="What needs your attention, with what to do about it. Each thing is told once."
      action={
        <>
          <LinkButton href="/account/notifications">Notifications</LinkButton>
          {action}
        </>
      }
    />
  );
}
