import type { Metadata } from "next";
import { Badge } from "@/app/_components/badge";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { CopyableId } from "@/app/_components/copyable-id";
import { PageHeader } from "@/app/_components/page-header";
import { EventTable } from "@/app/admin/_parts/event-table";
import { listEventsOfUser } from "@/lib/audit/queries";
import { auditView } from "@/lib/audit/view";
import { factorsOf } from "@/lib/factors/queries";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { countAllKeys, countUsableKeys, listAllKeys } from "@/lib/keys/queries";
import { keyView } from "@/lib/keys/view";
import { listPlans } from "@/lib/plans/queries";
import { planView } from "@/lib/plans/view";
import { listLiveSessions } from "@/lib/sessions/queries";
import { sessionView } from "@/lib/sessions/view";
import { limitsLeftOf } from "@/lib/usage/queries/limits-left";
import { listGrants } from "@/lib/usage/queries/list-grants";
import { grantView } from "@/lib/usage/view";
import { findOpenLink } from "@/lib/users/queries";
import { userView } from "@/lib/users/view";
import { StateBadge } from "../_parts/state-badge";
import { roleLabel } from "../_parts/user-words";
import { AccessCard } from "./access-card";
import { DangerCard } from "./danger-card";
import { FactsCard } from "./facts-card";
import { KeysCard } from "./keys-card";
import { LimitsCard } from "./limits-card";
import { loadUser } from "./load-user";
import { ProfileCard } from "./profile-card";
import { SessionsCard } from "./sessions-card";
import { StateNotice } from "./state-notice";

type UserPageProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: UserPageProps): Promise<Metadata> {
  return { title: (await loadUser((await params).id)).name };
}

const trailLength = 20;
const newestKeys = { sort: "created_at", order: "desc", limit: 5 } as const;

export default async function UserPage({ params }: UserPageProps) {
  const actor = await requireAdminPage();
  const record = await loadUser((await params).id);
  const user = userView(record);
  const isInvited = user.state === "invited";
  const [planRows, sessions, events, link, keys, keyCount, liveKeyCount, left, grants, factors] =
    await Promise.all([
      listPlans(),
      listLiveSessions(record.id),
      listEventsOfUser(actor, record.id, trailLength),
      findOpenLink(actor, record.id, isInvited ? "invitation" : "password_reset"),
      listAllKeys(actor, { ...newestKeys, owner: record.id }),
      countAllKeys(actor, { owner: record.id }),
      countUsableKeys(record.id),
      limitsLeftOf(actor, record.id),
      listGrants(actor, record.id),
      factorsOf(record.id),
    ]);
  const plans = planRows.map(planView);
  const about = { user, isSelf: user.id === actor.user.id };
  const moment = now();
  const at = moment.getTime();

  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <span className="min-w-0 wrap-anywhere">{user.name}</span>
            <StateBadge state={user.state} />
            <Badge>{roleLabel(user.role)}</Badge>
            {about.isSelf && <Badge tone="accent">You</Badge>}
          </span>
        }
        description={<CopyableId value={user.email} label="e-mail" className="[&_code]:font-sans" />}
        action={<LinkButton href={`/admin/users/${user.id}/statement`}>Monthly statement</LinkButton>}
      />
      <StateNotice {...about} linkExpiresAt={link?.expiresAt.getTime() ?? null} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 space-y-6 lg:col-start-2">
          <FactsCard user={user} />
          <LimitsCard user={user} left={left} grants={grants.map(grantView)} />
          <AccessCard
            {...about}
            factors={factors}
            passwordChangedAt={record.passwordChangedAt}
            isPasswordGenerated={record.isPasswordGenerated}
            resetExpiresAt={isInvited ? null : (link?.expiresAt ?? null)}
          />
        </div>
        <div className="min-w-0 space-y-6 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <ProfileCard key={user.updated_at} {...about} plans={plans} />
          <SessionsCard
            {...about}
            sessions={sessions.map((session) => sessionView(session, actor.sessionId))}
            now={at}
          />
          <KeysCard
            user={user}
            keys={keys.items.map((key) => keyView(key, moment))}
            count={keyCount}
            liveCount={liveKeyCount}
          />
          <Card
            isFlush
            title="Audit trail"
            description={`What ${user.name} did and what was done to this account, newest first.`}
          >
            <EventTable
              isInside
              caption={`Audit trail of ${user.email}`}
              events={events.map(auditView)}
              now={at}
            />
          </Card>
        </div>
        {user.state !== "deleted" && <DangerCard {...about} />}
      </div>
    </>
  );
}
