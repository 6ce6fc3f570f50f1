import type { Metadata } from "next";
import { cookies } from "next/headers";
import { PageHeader } from "@/app/_components/page-header";
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
import { ModelsCard } from "./models-card";
import { UserCounts } from "./user-counts";

export const metadata: Metadata = { title: "Overview" };

export default async function DashboardPage() {
  const actor = await requireMemberPage();
  const [user, sessions] = await Promise.all([getOwnUser(actor), listLiveSessions(actor.user.id)]);
  const isDismissed = (await cookies()).get(firstStepsCookie)?.value === user.id;
  const devices = sessionsView(sessions, actor.sessionId).items;
  return (
    <>
      <PageHeader title={`Hello, ${user.name}`} description={`You are signed in as ${user.email}.`} />
      <FrozenKeys actor={actor} />
      {!isDismissed && <FirstSteps actor={actor} isPasswordGenerated={user.isPasswordGenerated} />}
      {isAdmin(actor) && <UserCounts actor={actor} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
        <div className="grid grid-cols-1 gap-4 lg:col-span-2">
          <ModelsCard actor={actor} />
          {isAdmin(actor) && <EventsCard actor={actor} />}
          <DevicesCard devices={devices} />
        </div>
        <div className="grid grid-cols-1 gap-4">
          <AccountCard user={user} />
          {isAdmin(actor) && <HealthCard />}
        </div>
      </div>
    </>
  );
}
