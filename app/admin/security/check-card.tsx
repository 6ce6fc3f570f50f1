import { CircleCheck, Lightbulb, TriangleAlert } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { cn } from "@/app/_components/cn";
import type { CheckGroup } from "./check-security";
import type { SecurityCheck } from "./checks/check";

const looks = {
  good: { word: "In order", tone: "text-success-ink", Icon: CircleCheck },
  consider: { word: "To consider", tone: "text-warning-ink", Icon: Lightbulb },
  act: { word: "To do", tone: "text-danger-ink", Icon: TriangleAlert },
};

export function CheckCard({ group }: { group: CheckGroup }) {
  return (
    <Card isFlush title={group.title}>
      <ul className="divide-y divide-line border-t">
        {group.checks.map((check) => (
          <CheckRow key={check.key} check={check} />
        ))}
      </ul>
    </Card>
  );
}

function CheckRow({ check }: { check: SecurityCheck }) {
  const { word, tone, Icon } = looks[check.state];
  const { cure } = check;
  return (
    <li className="flex gap-3 px-5 py-3.5">
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="font-medium">{check.title}</h3>
          <span className={cn("text-[13px]", tone)}>{word}</span>
        </div>
        <p className="max-w-prose text-[13px] text-muted">{check.text}</p>
        {cure && !cure.href && <p className="mt-1 max-w-prose text-[13px]">{cure.text}</p>}
        {cure?.href && (
          <LinkButton href={cure.href} size="sm" className="mt-2">
            {cure.text}
          </LinkButton>
        )}
      </div>
    </li>
  );
}
