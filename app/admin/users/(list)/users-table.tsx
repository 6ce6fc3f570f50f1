"use client";

import { useState } from "react";
import { Badge } from "@/app/_components/badge";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { useLate } from "@/app/_components/use-late";
import { listHref } from "@/app/admin/_parts/list-href";
import type { UserQuery } from "@/lib/users/schema";
import type { Plan } from "../_parts/invite-form";
import { StateBadge } from "../_parts/state-badge";
import type { UserRow } from "../_parts/user-calls";
import type { UserAction } from "../_parts/user-dialog";
import { roleLabel } from "../_parts/user-words";
import { BulkBar } from "./bulk-bar";
import { RowMenu } from "./row-menu";

const load = () => import("../_parts/user-dialog");
type Choice = { action: UserAction; user: UserRow };

type UsersTableProps = {
  rows: readonly UserRow[];
  plans: readonly Plan[];
  query: UserQuery;
  selfId: string;
  now: number;
};

export function UsersTable({ rows, plans, query, selfId, now }: UsersTableProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { opened, open, close } = useLate<typeof load, Choice>(load);
  const planName = (id: string) => plans.find((plan) => plan.id === id)?.name ?? id;

  const columns: Column<UserRow>[] = [
    {
      key: "name",
      header: "Name",
      sortKey: "name",
      // On phones the name takes what is left and is cut, instead of pushing the state out of sight.
      className: "max-sm:max-w-0",
      cell: (user) => <NameCell user={user} isSelf={user.id === selfId} />,
    },
    { key: "role", header: "Role", className: "hidden lg:table-cell", cell: (user) => roleLabel(user.role) },
    { key: "plan", header: "Plan", className: "hidden xl:table-cell", cell: (user) => planName(user.plan) },
    { key: "state", header: "State", cell: (user) => <StateBadge state={user.state} /> },
    {
      key: "last_seen_at",
      header: "Last seen",
      sortKey: "last_seen_at",
      className: "hidden whitespace-nowrap text-muted lg:table-cell",
      cell: (user) => (user.last_seen_at ? <RelativeTime at={user.last_seen_at} now={now} /> : "never"),
    },
    {
      key: "created_at",
      header: "Created",
      sortKey: "created_at",
      className: "hidden whitespace-nowrap text-muted xl:table-cell",
      cell: (user) => <RelativeTime at={user.created_at} now={now} />,
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      className: "relative w-12 pl-0 sm:pl-0",
      cell: (user) => <RowMenu user={user} onChoose={(action) => open({ action, user })} />,
    },
  ];

  return (
    // Fetched while the pointer is on its way, so that choosing from a menu waits for nothing.
    <div onPointerEnter={load} onFocus={load}>
      <DataTable
        caption="Users"
        columns={columns}
        rows={rows}
        rowKey={(user) => user.id}
        rowHref={(user) => `/admin/users/${user.id}`}
        sort={{ key: query.sort, direction: query.order }}
        sortHref={(key) => sortHref(query, key)}
        selection={{ selected, onChange: setSelected, label: (user) => `Select ${user.email}` }}
      />
      <BulkBar
        users={rows.filter((user) => selected.has(user.id))}
        selfId={selfId}
        onClear={() => setSelected(new Set())}
      />
      {opened && (
        <opened.module.UserDialog
          {...opened.subject}
          isSelf={opened.subject.user.id === selfId}
          onClose={close}
        />
      )}
    </div>
  );
}

function NameCell({ user, isSelf }: { user: UserRow; isSelf: boolean }) {
  return (
    <span className="block sm:max-w-64">
      <span className="flex items-center gap-1.5">
        <span className="truncate">{user.name}</span>
        {isSelf && <Badge>You</Badge>}
      </span>
      <span className="block truncate font-normal text-[13px] text-muted">{user.email}</span>
    </span>
  );
}

/** Pressing the column again turns the order round; names start at A, dates at the newest. */
function sortHref(query: UserQuery, key: string): string {
  const turned = query.order === "asc" ? "desc" : "asc";
  const order = query.sort === key ? turned : key === "name" ? "asc" : "desc";
  return listHref(
    "/admin/users",
    { ...query, cursor: undefined, sort: key, order },
    { limit: 25, sort: "created_at", order: "desc" },
  );
}
