import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { explainRole } from "@/app/_console/role-words";
import { requireMemberPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { getOwnUser } from "@/lib/users/queries";
import { EmailCard } from "./email-card";
import { PasswordCard } from "./password-card";
import { ProfileCard } from "./profile-card";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const user = await getOwnUser(await requireMemberPage());
  const role = explainRole(user.role);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="grid gap-4 lg:col-span-2">
        <ProfileCard name={user.name} />
        <EmailCard
          email={user.email}
          isProven={user.emailVerified !== null}
          canMail={env().smtpUrl !== undefined}
        />
        <PasswordCard email={user.email} isGenerated={user.isPasswordGenerated} />
      </div>
      <Card title="What you may do" description="Only an administrator can change these.">
        <dl className="space-y-4">
          <div>
            <dt className="text-[13px] text-muted">Role</dt>
            <dd className="mt-0.5 font-medium">{role.label}</dd>
            <dd className="text-muted">{role.text}</dd>
          </div>
          <div>
            <dt className="text-[13px] text-muted">Plan</dt>
            <dd className="mt-0.5 font-medium">{user.plan.name}</dd>
            <dd className="text-muted">{user.plan.description}.</dd>
          </div>
        </dl>
      </Card>
    </div>
  );
}
