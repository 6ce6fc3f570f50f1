"use client";

import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { useLate } from "@/app/_components/use-late";
import { type AuditEvent, objectLabel, whatHappened, whoDidIt } from "./audit-words";

const load = () => import("./event-sheet");

type EventTableProps = {
  caption: string;
  events: readonly AuditEvent[];
  now: number;
  /** All columns; otherwise each event is one sentence. */
  isWide?: boolean;
  isInside?: boolean;
};

export function EventTable({ caption, events, now, isWide = false, isInside }: EventTableProps) {
  const { opened, open, close } = useLate<typeof load, AuditEvent>(load);
  const when: Column<AuditEvent> = {
    key: "when",
    header: "When",
    className: "w-px whitespace-nowrap sm:w-px",
    cell: (event) => <RelativeTime at={event.at} now={now} className="font-normal text-muted" />,
  };
  return (
    // Fetched while the pointer is on its way, so that the press itself waits for nothing.
    <div onPointerEnter={load} onFocus={load}>
      <DataTable
        caption={caption}
        columns={[when, ...(isWide ? wideColumns : [sentenceColumn])]}
        rows={events}
        rowKey={(event) => event.id}
        rowAction={{
          label: (event) => `Event ${event.position}: ${whoDidIt(event)} ${whatHappened(event)}`,
          open,
        }}
        isInside={isInside}
        empty={<p className="border-t px-5 py-6 text-center text-muted">Nothing is recorded yet.</p>}
      />
      {opened && <opened.module.EventSheet event={opened.subject} onClose={close} />}
    </div>
  );
}

const sentenceColumn: Column<AuditEvent> = {
  key: "event",
  header: "Event",
  className: "w-full sm:w-full wrap-anywhere",
  cell: (event) => (
    <>
      <span className="font-medium">{whoDidIt(event)}</span>{" "}
      <span title={event.action}>{whatHappened(event)}</span>
      {hasOtherObject(event) && <span className="text-muted"> · {objectLabel(event)}</span>}
    </>
  ),
};

const wideColumns: Column<AuditEvent>[] = [
  {
    key: "who",
    header: "Who",
    hideOnPhone: true,
    cell: (event) => (
      <span className="block max-w-52 truncate" title={whoDidIt(event)}>
        {whoDidIt(event)}
      </span>
    ),
  },
  {
    key: "what",
    header: "What",
    className: "max-sm:w-full max-sm:wrap-anywhere",
    cell: (event) => (
      <>
        <span className="font-medium sm:hidden">{whoDidIt(event)} </span>
        <span title={event.action}>{whatHappened(event)}</span>
        <span className="text-muted sm:hidden"> · {objectLabel(event)}</span>
      </>
    ),
  },
  {
    key: "object",
    header: "Object",
    hideOnPhone: true,
    cell: (event) => (
      <span className="block max-w-60 truncate" title={objectLabel(event)}>
        {objectLabel(event)}
      </span>
    ),
  },
  {
    key: "from",
    header: "From",
    hideOnPhone: true,
    cell: (event) => <span className="font-mono text-[13px] text-muted">{event.address}</span>,
  },
  {
    key: "request",
    header: "Request",
    hideOnPhone: true,
    cell: (event) => (
      <span className="block max-w-24 truncate font-mono text-[13px] text-muted" title={event.request_id}>
        {event.request_id}
      </span>
    ),
  },
];

/** "ana@… changed the name · ana@…" says the same twice. */
const hasOtherObject = (event: AuditEvent): boolean => event.object.label !== whoDidIt(event);
