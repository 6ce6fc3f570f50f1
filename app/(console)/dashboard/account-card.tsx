import Link from "next/link";
import { Card } from "@/app/_components/card";
import { DefinitionList } from "@/app/_components/definition-list";
import { Explain } from "@/app/_components/explain";
import { RelativeTime } from "@/app/_components/relative-time";
import { explainRole } from "@/app/_console/role-words";

type AccountCardProps = {
  user: {
    role: string;
    plan: { name: string; description: string };
    isPasswordGenerated: boolean;
    passwordChangedAt: Date | null;
  };
};

export function AccountCard({ user }: AccountCardProps) {
  const role = explainRole(user.role);
  return (
    <Card
      title="Your account"
      footer={
        <Link href="/account" className="rounded-sm font-medium text-accent-ink hover:underline">
          Name and password
        </Link>
      }
    >
      <DefinitionList
        className="[&>div]:grid-cols-[6rem_minmax(0,1fr)]"
        items={[
          { term: "Role", description: <Explain text={role.text}>{role.label}</Explain> },
          {
            term: "Plan",
            description: <Explain text={`${user.plan.description}.`}>{user.plan.name}</Explain>,
          },
          {
            term: "Password",
            description: (
              <>
                {user.isPasswordGenerated ? "Made by the install" : "Your own"}
                {user.passwordChangedAt && (
                  <span className="block text-[13px] text-muted">
                    Set <RelativeTime at={user.passwordChangedAt} />
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
