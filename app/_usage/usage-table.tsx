import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import type { Range } from "./usage-range";
import { latencyText, longTime, moneyText, numberText, type TimeGrain } from "./usage-words";

export type UsageRow = {
  group: string;
  label: string;
  calls: number;
  failures: number;
  rows: number;
  units: number;
  cost: number;
  p50_ms: number | null;
  p95_ms: number | null;
  expense?: number;
  margin?: number;
};

type UsageTableProps = {
  title: string;
  /** What a row is about: "Day", "Model". */
  what: string;
  rows: readonly UsageRow[];
  currency: string;
  /** When the rows are times: they are shown newest first, as far as they have come. */
  time?: Pick<Range, "grain" | "endsAt"> | undefined;
  hrefOf?: (row: UsageRow) => string | undefined;
  /** What stands at the upper right: how to group, what to download. */
  action?: ReactNode;
  footer?: ReactNode;
};

/** So many rows are read; more are for the download. */
const shownMax = 100;

export function UsageTable(props: UsageTableProps) {
  const { title, what, currency, time, hrefOf, action, footer } = props;
  const rows = time
    ? props.rows.filter(({ group }) => Date.parse(group) < time.endsAt).toReversed()
    : props.rows;
  const shown = rows.slice(0, shownMax);
  return (
    <Card
      isFlush
      className="mt-4"
      title={title}
      action={action}
      footer={footer}
      description={
        rows.length > shownMax && `The first ${shownMax} of ${numberText(rows.length)}; the download has all.`
      }
    >
      {rows.length === 0 ? (
        <p className="border-t px-5 py-6 text-muted">Nothing in this time.</p>
      ) : (
        <DataTable
          isInside
          caption={title}
          columns={columnsOf({ what, currency, isOwner: rows[0]?.margin !== undefined, grain: time?.grain })}
          rows={shown}
          rowKey={({ group }) => group}
          {...(hrefOf ? { rowHref: hrefOf } : {})}
        />
      )}
    </Card>
  );
}

type ColumnsOf = { what: string; currency: string; isOwner: boolean; grain: TimeGrain | undefined };

function columnsOf({ what, currency, isOwner, grain }: ColumnsOf): Column<UsageRow>[] {
  const labelOf = ({ group, label }: UsageRow) => (grain ? longTime(Date.parse(group), grain) : label);
  const money = (value: number | undefined) => moneyText(value ?? 0, currency);
  const number = (
    key: string,
    header: string,
    cell: (row: UsageRow) => ReactNode,
    hidden = "",
  ): Column<UsageRow> => ({
    key,
    header,
    cell,
    align: "right",
    className: hidden,
  });
  return [
    { key: "group", header: what, cell: (row) => <span className="font-medium">{labelOf(row)}</span> },
    number("calls", "Calls", ({ calls }) => numberText(calls)),
    number(
      "failures",
      "Failed",
      ({ failures }) =>
        failures === 0 ? (
          <span className="text-muted">0</span>
        ) : (
          <span className="text-danger-ink">{numberText(failures)}</span>
        ),
      "hidden sm:table-cell",
    ),
    number("units", "Units", ({ units }) => numberText(units), "hidden md:table-cell"),
    number("p50", "p50", ({ p50_ms }) => latencyText(p50_ms), "hidden lg:table-cell"),
    number("p95", "p95", ({ p95_ms }) => latencyText(p95_ms), "hidden sm:table-cell"),
    number("cost", isOwner ? "Charged" : "Cost", ({ cost }) => money(cost)),
    ...(isOwner
      ? [
          number("expense", "Expense", ({ expense }) => money(expense), "hidden xl:table-cell"),
          number("margin", "Margin", ({ margin }) => money(margin), "hidden md:table-cell"),
        ]
      : []),
  ];
}
