"use client";

import Link from "next/link";
import type { z } from "zod";
import { Button } from "@/app/_components/button";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { useLate } from "@/app/_components/use-late";
import { marksText, wordsOf } from "@/app/(console)/keys/_parts/key-words";
import type { AdminKeyQuery, adminKeyView } from "@/lib/keys/schema";
import { listHref } from "../_parts/list-href";
import { KeyStateBadge } from "./key-state-badge";

const load = () => import("./key-dialog");

export type KeyRow = z.infer<typeof adminKeyView>;
type Choice = { dialog: "facts" | "revoke"; row: KeyRow };

type KeysTableProps = { rows: readonly KeyRow[]; query: AdminKeyQuery; now: number };

export function KeysTable({ rows, query, now }: KeysTableProps) {
  const { opened, open, close } = useLate<typeof load, Choice>(load);

  const columns: Column<KeyRow>[] = [
    {
      key: "name",
      header: "Key",
      cell: (row) => <NameCell row={row} />,
    },
    {
      key: "owner",
      header: "Owner",
      hideOnPhone: true,
      cell: ({ owner }) => (
        <Link
          href={`/admin/users/${owner.id}`}
          prefetch={false}
          onClick={(event) => event.stopPropagation()}
          title={owner.email}
          className="block max-w-32 truncate underline-offset-4 hover:underline"
        >
          {owner.name}
        </Link>
      ),
    },
    {
      key: "scopes",
      header: "May do",
      className: "hidden lg:table-cell",
      cell: ({ scopes }) => (
        <span className="block max-w-44 truncate text-muted" title={wordsOf(scopes)}>
          {wordsOf(scopes)}
        </span>
      ),
    },
    {
      key: "last_used_at",
      header: "Last used",
      sortKey: "last_used_at",
      className: "hidden whitespace-nowrap text-muted md:table-cell",
      cell: (row) => <LastUse row={row} now={now} />,
    },
    {
      key: "created_at",
      header: "Created",
      sortKey: "created_at",
      className: "hidden whitespace-nowrap text-muted 2xl:table-cell",
      cell: ({ created_at }) => <RelativeTime at={created_at} now={now} />,
    },
    {
      key: "expires_at",
      header: "Expires",
      className: "hidden whitespace-nowrap text-muted xl:table-cell",
      cell: ({ expires_at }) => (expires_at ? <RelativeTime at={expires_at} now={now} /> : "never"),
    },
    { key: "state", header: "State", cell: ({ state }) => <KeyStateBadge state={state} /> },
    {
      key: "revoke",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      // On phones it is among the facts of the key, one press away.
      hideOnPhone: true,
      className: "relative pl-0 sm:pl-0",
      cell: (row) =>
        row.state !== "revoked" && (
          <Button
            size="sm"
            variant="ghost"
            aria-haspopup="dialog"
            aria-label={`Revoke ${row.name} of ${row.owner.email}`}
            onClick={(event) => {
              // The row behind it opens the facts.
              event.stopPropagation();
              void open({ dialog: "revoke", row });
            }}
          >
            Revoke
          </Button>
        ),
    },
  ];

  return (
    // Fetched while the pointer is on its way, so that the press itself waits for nothing.
    <div onPointerEnter={load} onFocus={load}>
      <DataTable
        caption="API keys"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowAction={{
          label: (row) => `${row.name} of ${row.owner.email}`,
          open: (row) => open({ dialog: "facts", row }),
        }}
        sort={{ key: query.sort, direction: query.order }}
        sortHref={(key) => sortHref(query, key)}
      />
      {opened && (
        <opened.module.KeyDialog
          {...opened.subject}
          now={now}
          onRevoke={(row) => open({ dialog: "revoke", row })}
          onClose={close}
        />
      )}
    </div>
  );
}

function NameCell({ row }: { row: KeyRow }) {
  return (
    <span className="block sm:max-w-48">
      <span className="block sm:truncate">{row.name}</span>
      <span className="block font-mono font-normal text-muted text-xs">{marksText(row)}</span>
      <span className="block font-normal text-[13px] text-muted sm:hidden">{row.owner.email}</span>
    </span>
  );
}

const LastUse = ({ row, now }: { row: KeyRow; now: number }) =>
  row.last_used_at ? (
    <>
      <RelativeTime at={row.last_used_at} now={now} />
      <span className="block max-w-28 truncate font-mono text-xs">{row.last_used_address}</span>
    </>
  ) : (
    "never"
  );

/** Pressing the column again turns the order round; the first press shows the latest. */
function sortHref(query: AdminKeyQuery, key: string): string {
  const order = query.sort === key && query.order === "desc" ? "asc" : "desc";
  return listHref(
    "/admin/keys",
    { ...query, cursor: undefined, sort: key, order },
    { limit: 25, sort: "created_at", order: "desc" },
  );
}
