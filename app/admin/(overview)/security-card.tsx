import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import type { SessionActor } from "@/lib/core/actor";
import { checkSecurity, countChecks, countWords } from "../security/check-security";
import { readFacts } from "../security/read-facts";

export async function SecurityCard({ actor }: { actor: SessionActor }) {
  const groups = checkSecurity(await readFacts(actor));
  const first = groups.flatMap(({ checks }) => checks).find(({ state }) => state === "act");
  return (
    <Card
      title="Security"
      action={
        <LinkButton size="sm" href="/admin/security">
          Checklist
        </LinkButton>
      }
    >
      <p className="font-medium">{countWords(countChecks(groups))}</p>
      {first && <p className="mt-1 text-[13px] text-muted">First: {first.title}.</p>}
    </Card>
  );
}
