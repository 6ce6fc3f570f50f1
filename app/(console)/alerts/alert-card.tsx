import { Badge } from "@/app/_components/badge";
import { LinkButton } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AlertView } from "@/lib/alerts/schema";
import { placeLabel, stepWords } from "./_parts/alert-words";
import { LevelBadge } from "./_parts/level-badge";
import { SeenButton } from "./seen-button";
import { UndoButton } from "./undo-button";

type AlertCardProps = { alert: AlertView };

/** What happened, what to do about it, and where. */
export function AlertCard({ alert }: AlertCardProps) {
  const { id, level, audience, title, detail, cure, href, step, can_undo, created_at, seen_at } = alert;
  const isNew = seen_at === null;
  return (
    <li className={cn("rounded-lg border bg-surface px-5 py-4", isNew && "border-line-strong")}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <LevelBadge level={level} />
        {isNew && (
          <Badge tone="accent" hasDot>
            New
          </Badge>
        )}
        {audience === "admins" && <Badge>For all administrators</Badge>}
        <RelativeTime at={created_at} className="ml-auto text-[13px] text-muted" />
      </div>
      <h2 className="mt-2.5 font-medium wrap-anywhere">{title}</h2>
      <p className="mt-0.5 max-w-prose text-muted wrap-anywhere">{detail}</p>
      <p className="mt-2 max-w-prose wrap-anywhere">{cure}</p>
      <StepLine alert={alert} />
      {(href || isNew || can_undo) && (
        <div className="mt-3.5 flex flex-wrap gap-2">
          {can_undo && step && <UndoButton id={id} title={title} step={step} />}
          {href && (
            <LinkButton size="sm" href={href} prefetch={false}>
              {placeLabel(href)}
            </LinkButton>
          )}
          {isNew && <SeenButton id={id} title={title} />}
        </div>
      )}
    </li>
  );
}

function StepLine({ alert: { step, undone_at } }: AlertCardProps) {
  if (!step) return null;
  return (
    <p className="mt-2 max-w-prose text-muted">
      {stepWords[step].done}
      {undone_at && (
        <>
          {" "}
          Undone <RelativeTime at={undone_at} />.
        </>
      )}
    </p>
  );
}
