"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { formatExact } from "@/app/_components/format-time";
import { Sheet } from "@/app/_components/sheet";
import {
  type AuditEvent,
  type Change,
  memberLabel,
  objectLabel,
  splitDetail,
  valueText,
  whatHappened,
  whoDidIt,
} from "./audit-words";

type EventSheetProps = { event: AuditEvent; onClose: () => void };

export function EventSheet({ event, onClose }: EventSheetProps) {
  const { changes, facts } = splitDetail(event.detail);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`${whoDidIt(event)} ${whatHappened(event)}`}
      description={formatExact(Date.parse(event.at))}
    >
      <div className="space-y-6">
        {changes.length > 0 && <Changes changes={changes} />}
        <DefinitionList
          items={[
            { term: "Who", description: <Named id={event.actor.id} label={whoDidIt(event)} /> },
            { term: "Action", description: <code className="font-mono text-[13px]">{event.action}</code> },
            {
              term: `Object (${event.object.type})`,
              description: <Named id={event.object.id} label={objectLabel(event)} />,
            },
            ...facts.map(({ name, value }) => ({
              key: name,
              term: memberLabel(name),
              description: valueText(value),
            })),
            {
              term: "From",
              description: <code className="font-mono text-[13px]">{event.address}</code>,
            },
            {
              term: "Request",
              description: <CopyableId value={event.request_id} label="request id" />,
            },
          ]}
        />
        <section>
          <h3 className="mb-1 font-medium">Place in the chain</h3>
          <p className="mb-3 text-[13px] text-muted">
            The hash covers this event and the one before it, so neither can be changed, removed or moved
            without being noticed.
          </p>
          <DefinitionList
            items={[
              { term: "Position", description: event.position },
              { term: "Event", description: <CopyableId value={event.id} label="event id" /> },
              { term: "Hash", description: <CopyableId value={event.hash} label="hash" /> },
            ]}
          />
        </section>
      </div>
    </Sheet>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <section aria-label="What changed" className="divide-y divide-line rounded-lg border">
      {changes.map(({ name, before, after }) => (
        <div key={name} className="px-4 py-3">
          <h3 className="mb-1.5 text-[13px] text-muted">{memberLabel(name)}</h3>
          <p className="flex flex-wrap items-center gap-2">
            <span className="sr-only">from</span>
            <del className="rounded-sm bg-danger-soft px-1.5 py-0.5 text-danger-ink wrap-anywhere">
              {valueText(before)}
            </del>
            <ArrowRight aria-hidden="true" className="size-4 text-muted" />
            <span className="sr-only">to</span>
            <ins className="rounded-sm bg-success-soft px-1.5 py-0.5 text-success-ink no-underline wrap-anywhere">
              {valueText(after)}
            </ins>
          </p>
        </div>
      ))}
    </section>
  );
}

/** A name, with the way to the user behind it. */
function Named({ id, label }: { id: string | null; label: string }) {
  return (
    <>
      <span className="wrap-anywhere">{label}</span>
      {id?.startsWith("usr_") && (
        <Link
          href={`/admin/users/${id}`}
          prefetch={false}
          className="ml-2 text-[13px] text-accent-ink underline-offset-4 hover:underline"
        >
          Open the account
        </Link>
      )}
      {id !== null && (
        <span className="block text-[13px] text-muted">
          <CopyableId value={id} />
        </span>
      )}
    </>
  );
}
