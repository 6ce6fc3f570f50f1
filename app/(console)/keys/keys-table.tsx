import Link from "next/link";
import { Badge } from "@/app/_components/badge";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { Sparkline } from "@/app/_usage/sparkline";
import { countText } from "@/app/_usage/usage-words";
import { dayMs } from "@/lib/core/time";
import type { KeyRow } from "./_parts/key-calls";
import type { KeySetting } from "./_parts/key-dialog";
import { marksText, stateWords, wordsOf } from "./_parts/key-words";
import { RowMenu } from "./row-menu";

/** So many days of calls are drawn beside each key. */
export const callDays = 14;

type KeysTableProps = {
  rows: readonly KeyRow[];
  /** Calls on each of those days, today last, by the id of the key; none where there were none. */
  calls: Readonly<Record<string, number[]>>;
  /** By id, how the keys look that took over from those in the rows. */
  successors: Record<string, string>;
  setting: KeySetting;
  now: number;
};

export function KeysTable({ rows, calls, successors, setting, now }: KeysTableProps) {
  const columns: Column<KeyRow>[] = [
    {
      key: "name",
      header: "Name",
      cell: (row) => (
        <>
          <span className="font-medium">{row.name}</span>
          <span className="block font-mono font-normal text-muted text-xs leading-5 lg:hidden">
            {marksText(row)}
          </span>
          <Note row={row} successors={successors} />
        </>
      ),
    },
    {
      key: "key",
      header: "Key",
      className: "hidden whitespace-nowrap lg:table-cell",
      cell: (row) => <span className="font-mono text-[13px]">{marksText(row)}</span>,
    },
    {
      key: "scopes",
      header: "May do",
      className: "hidden text-muted md:table-cell",
      cell: (row) => (
        <>
          {wordsOf(row.scopes)}
          <Bounds row={row} />
        </>
      ),
    },
    {
      key: "calls",
      header: `Calls, ${callDays} days`,
      className: "hidden whitespace-nowrap lg:table-cell",
      cell: ({ id }) => <Calls values={calls[id]} />,
    },
    {
      key: "used",
      header: "Last used",
      className: "hidden whitespace-nowrap text-muted sm:table-cell",
      cell: (row) => <LastUse row={row} />,
    },
    {
      key: "expires",
      header: "Expires",
      className: "hidden whitespace-nowrap text-muted xl:table-cell",
      cell: (row) => <Expiry row={row} now={now} />,
    },
    { key: "state", header: "State", cell: (row) => <StateBadge row={row} /> },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      className: "relative w-12 pl-0 sm:pl-0",
      cell: (row) => <RowMenu row={row} setting={setting} />,
    },
  ];

  return <DataTable caption="Your API keys" columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

type CellProps = { row: KeyRow };

function StateBadge({ row }: CellProps) {
  const words = stateWords.find(({ value }) => value === row.state);
  if (row.state === "live" && row.slowed_at) {
    return (
      <Badge tone="warning" hasDot>
        Slowed down
      </Badge>
    );
  }
  return (
    <Badge tone={words?.tone} hasDot>
      {words?.label ?? row.state}
    </Badge>
  );
}

function Calls({ values }: { values: readonly number[] | undefined }) {
  if (!values) return <span className="text-muted">none</span>;
  const sum = values.reduce((total, value) => total + value, 0);
  return <Sparkline values={values} label={`${countText(sum, "call")} in ${callDays} days`} />;
}

const noteClass = "block font-normal text-[13px] text-muted";

/** What happened to the key, where its state alone does not say. */
function Note({ row, successors }: CellProps & { successors: Record<string, string> }) {
  if (row.revoked_reason) return <span className={noteClass}>{row.revoked_reason}</span>;
  if (row.frozen_reason) return <span className={noteClass}>{row.frozen_reason}</span>;
  if (row.state === "live" && row.slowed_at) return <SlowedNote />;
  if (!row.replaced_by) return null;
  const successor = successors[row.replaced_by];
  return (
    <span className={noteClass}>
      Replaced by {successor ? <span className="font-mono text-xs">{successor}</span> : "a newer key"}
      {row.state === "live" && row.expires_at && (
        <>
          , stops <RelativeTime at={row.expires_at} />
        </>
      )}
    </span>
  );
}

const SlowedNote = () => (
  <span className={noteClass}>
    Used quite unlike before, so it may call only a little. Was that you?{" "}
    <Link href="/alerts" className="rounded-sm font-medium text-accent-ink hover:underline">
      Undo it under Alerts
    </Link>
  </span>
);

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;

/** That there are further bounds; which ones, the dialog says. */
function Bounds({ row }: CellProps) {
  const bounds = [
    row.models && `${count(row.models.length, "model")} only`,
    row.cidrs && `from ${count(row.cidrs.length, "network")} only`,
    Object.values(row.limits).some((limit) => limit !== null) && "own limits",
  ].filter(Boolean);
  return bounds.length > 0 && <span className="block text-[13px]">{bounds.join(", ")}</span>;
}

function LastUse({ row }: CellProps) {
  if (!row.last_used_at) return "never";
  return (
    <>
      <RelativeTime at={row.last_used_at} />
      <span className="block font-mono text-xs leading-5">{row.last_used_address}</span>
    </>
  );
}

/** Soon enough to do something about it. */
const soonMs = 7 * dayMs;

function Expiry({ row, now }: CellProps & { now: number }) {
  if (!row.expires_at) return "never";
  const isSoon = row.state === "live" && !row.replaced_by && Date.parse(row.expires_at) - now < soonMs;
  return <RelativeTime at={row.expires_at} className={isSoon ? "text-warning-ink" : undefined} />;
}
