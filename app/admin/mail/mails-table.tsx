"use client";

import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { useLate } from "@/app/_components/use-late";
import type { MailView } from "@/lib/mail/schema";
import { MailStateBadge } from "./mail-state-badge";
import { receiverOf, titleOf } from "./mail-words";

const load = () => import("./mail-sheet");

type MailsTableProps = { rows: readonly MailView[]; hasServer: boolean; now: number };

export function MailsTable({ rows, hasServer, now }: MailsTableProps) {
  const { opened, open, close } = useLate<typeof load, MailView>(load);

  const columns: Column<MailView>[] = [
    {
      key: "mail",
      header: "Mail",
      cell: (row) => (
        <>
          {titleOf(row)}
          <span className="block font-normal text-[13px] text-muted sm:hidden">
            {receiverOf(row)}, <RelativeTime at={row.created_at} now={now} />
          </span>
        </>
      ),
    },
    {
      key: "to",
      header: "To",
      hideOnPhone: true,
      cell: (row) => (
        <span className="block max-w-60 truncate text-muted" title={receiverOf(row)}>
          {receiverOf(row)}
        </span>
      ),
    },
    {
      key: "created_at",
      header: "Asked for",
      hideOnPhone: true,
      className: "whitespace-nowrap text-muted",
      cell: ({ created_at }) => <RelativeTime at={created_at} now={now} />,
    },
    { key: "state", header: "State", cell: (row) => <State row={row} now={now} /> },
  ];

  return (
    // Fetched while the pointer is on its way, so that the press itself waits for nothing.
    <div onPointerEnter={load} onFocus={load}>
      <DataTable
        caption="Mails"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowAction={{ label: (row) => `${titleOf(row)}, to ${receiverOf(row)}`, open }}
      />
      {opened && (
        <opened.module.MailSheet mail={opened.subject} hasServer={hasServer} now={now} onClose={close} />
      )}
    </div>
  );
}

function State({ row, now }: { row: MailView; now: number }) {
  return (
    <>
      <MailStateBadge state={row.state} />
      {row.failure && (
        <span className="mt-0.5 hidden max-w-64 text-[13px] text-muted sm:block">
          {row.failure}
          {row.next_at && (
            <>
              {" "}
              Next try <RelativeTime at={row.next_at} now={now} />.
            </>
          )}
        </span>
      )}
    </>
  );
}
