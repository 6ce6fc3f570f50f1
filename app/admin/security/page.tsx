import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { CheckCard } from "./check-card";
import { checkSecurity, countChecks, countWords } from "./check-security";
import { readFacts } from "./read-facts";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const actor = await requireAdminPage();
  const groups = checkSecurity(await readFacts(actor));
  const counts = countChecks(groups);
  return (
    <>
      <PageHeader
        title="Security"
        description={`${countWords(counts)}, of ${counts.all} things that can be seen from here. Each says what to do about it.`}
        action={<LinkButton href="/admin/settings">Settings</LinkButton>}
      />
      <div className="max-w-4xl space-y-6">
        {groups.map((group) => (
          <CheckCard key={group.title} group={group} />
        ))}
      </div>
    </>
  );
}
