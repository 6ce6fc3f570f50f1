import type { Metadata } from "next";
import { cookies } from "next/headers";
import { z } from "zod";
import { PageHeader } from "@/app/_components/page-header";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { isAdmin } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { listLiveSessions } from "@/lib/sessions/queries";
import { sessionsView } from "@/lib/sessions/view";
import { getOwnUser } from "@/lib/users/queries";
import { AccountCard } from "./account-card";
import { DevicesCard } from "./devices-card";
import { EventsCard } from "./events-card";
import { FirstSteps } from "./first-steps";
import { firstStepsCookie } from "./first-steps-cookie";
import { FrozenKeys } from "./frozen-keys";
import { HealthCard } from "./health-card";
import { LastCallsCard } from "./last-calls-card";
import { LimitsCard } from "./limits-card";
import { ModelsCard } from "./models-card";
import { NewAlerts } from "./new-alerts";
import { overviewRanges, UsageSection } from "./usage-section";
import { UserCounts } from "./user-counts";

export const metadata: Metadata = { title: "Overview" };

const pageQuery = z.strictObject({ range: z.enum(overviewRanges).default("7d") });

export default async function DashboardPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const { range } = await readQuery(pageQuery, searchParams);
  const [user, sessions] = await Promise.all([getOwnUser(actor), listLiveSessions(actor.user.id)]);
  const isDismissed = (await cookies()).get(firstStepsCookie)?.value === user.id;
  const devices = sessionsView(sessions, actor.sessionId).items;
  return (
    <>
      <PageHeader title={`Hello, ${user.name}`} description={`You are signed in as ${user.email}.`} />
      <FrozenKeys actor={actor} />
      <NewAlerts actor={actor} />
      {!isDismissed && <FirstSteps actor={actor} isPasswordGenerated={user.isPasswordGenerated} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
        <div className="grid grid-cols-1 gap-4 lg:col-span-2">
          <UsageSection actor={actor} range={range} />
          <LastCallsCard actor={actor} />
          <ModelsCard actor={actor} />
          {isAdmin(actor) && <UserCounts actor={actor} />}
          {isAdmin(actor) && <EventsCard actor={actor} />}
          <DevicesCard devices={devices} />
        </div>
        <div className="grid grid-cols-1 gap-4">
          <LimitsCard actor={actor} />
          <AccountCard user={user} />
          {isAdmin(actor) && <HealthCard />}
        </div>
      </div>
    </>
  );
}
