import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { DefinitionList } from "@/app/_components/definition-list";
import { checkReadiness } from "@/lib/http/health";

const labels: Record<string, string> = { process: "App", database: "Database" };

/** The same look that `/api/health/ready` takes, taken when the page was made. */
export async function HealthCard() {
  const { status, checks } = await checkReadiness();
  return (
    <Card title="Health" description={status === "ok" ? "Everything answers." : "A part does not answer."}>
      <DefinitionList
        className="[&>div]:grid-cols-[6rem_minmax(0,1fr)]"
        items={checks.map(({ name, status }) => ({
          term: labels[name] ?? name,
          description:
            status === "ok" ? (
              <Badge tone="success" hasDot>
                Answers
              </Badge>
            ) : (
              <Badge tone="danger" hasDot>
                Unavailable
              </Badge>
            ),
        }))}
      />
    </Card>
  );
}
