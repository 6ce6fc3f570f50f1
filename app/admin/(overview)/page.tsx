import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { countAuditEvents, listAuditEvents } from "@/lib/audit/queries";
import { auditView } from "@/lib/audit/view";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { env } from "@/lib/infra/env";
import { describeInstall } from "@/lib/install/queries";
import { listPlans } from "@/lib/plans/queries";
import { planView } from "@/lib/plans/view";
import { countLiveSessions } from "@/lib/sessions/queries";
import { nearCap } from "@/lib/usage/queries/near-cap";
import { nearCapQuery } from "@/lib/usage/schema";
import { countUsersByState, listActiveAdmins } from "@/lib/users/queries";
import { EventTable } from "../_parts/event-table";
import { NearCapCard } from "../usage/near-cap-card";
import { InviteButton } from "../users/_parts/invite-button";
import { CallsCard } from "./calls-card";
import { ChainCard } from "./chain-card";
import { InstallCard } from "./install-card";
import { OverviewStats } from "./overview-stats";
import { SecurityCard } from "./security-card";
import { StatesCard } from "./states-card";

export const metadata: Metadata = { title: "Administration" };

const recentEvents = 12;

export default async function OverviewPage() {
  const actor = await requireAdminPage();
  const [states, admins, sessions, events, eventCount, plans, near] = await Promise.all([
    countUsersByState(actor),
    listActiveAdmins(actor),
    countLiveSessions(actor),
    listAuditEvents(actor, { limit: recentEvents }),
    countAuditEvents(actor),
    listPlans(),
    nearCap(actor, nearCapQuery.parse({})),
  ]);
  const lastEvent = events.items[0];
  return (
    <>
      <PageHeader
        title="Administration"
        description="Who is here, what happened last, and whether the record holds."
        action={<InviteButton plans={plans.map(planView)} />}
      />
      <OverviewStats
        states={states}
        sessions={sessions}
        admins={admins.length}
        events={eventCount}
        lastEventAt={lastEvent?.at}
      />
      <CallsCard actor={actor} />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card
          isFlush
          className="min-w-0"
          title="Last events"
          action={
            <LinkButton size="sm" href="/admin/audit">
              Audit log
            </LinkButton>
          }
        >
          <EventTable
            isInside
            caption="Last events"
            events={events.items.map(auditView)}
            now={now().getTime()}
          />
        </Card>
        <div className="min-w-0 space-y-6">
          {near.length > 0 && <NearCapCard items={near} currency={env().currency} />}
          <SecurityCard actor={actor} />
          <ChainCard events={eventCount} />
          <StatesCard states={states} />
          <InstallCard install={describeInstall(actor)} />
        </div>
      </div>
    </>
  );
}
