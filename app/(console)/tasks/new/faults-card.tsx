"use client";

import { saveText } from "@/app/_client/save-text";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import type { RowFault, TaskEstimate } from "@/lib/tasks/schema";
import { columnOf, faultsCsv } from "./fault-words";

type FaultsCardProps = { estimate: TaskEstimate; fileName: string };

const columns: Column<RowFault>[] = [
  {
    key: "row",
    header: "Row",
    className: "w-px whitespace-nowrap sm:w-px",
    cell: ({ row }) => <span className="tabular-nums">{formatNumber(row)}</span>,
  },
  {
    key: "column",
    header: "Column",
    className: "sm:min-w-36",
    cell: ({ pointer }) => (
      <code className="font-mono text-[13px] wrap-anywhere">{columnOf(pointer) || "the row"}</code>
    ),
  },
  {
    key: "what",
    header: "What is wrong",
    cell: ({ message, fix }) => (
      <>
        <span className="wrap-anywhere">{message}</span>
        <span className="block text-[13px] text-muted wrap-anywhere sm:hidden">{fix}</span>
      </>
    ),
  },
  {
    key: "fix",
    header: "How to mend it",
    hideOnPhone: true,
    className: "text-muted wrap-anywhere",
    cell: ({ fix }) => fix,
  },
];

/** What is wrong with which rows: shown before anything is charged. */
export function FaultsCard({ estimate: { faults, rows, rows_faulty }, fileName }: FaultsCardProps) {
  const isAll = new Set(faults.map(({ row }) => row)).size >= rows_faulty;
  return (
    <Card
      isFlush
      title={`${countOf(rows_faulty, "row")} of ${formatNumber(rows)} cannot be used`}
      description="Nothing was charged. Mend these in your file, then choose it again. Rows are counted from 1, without the line of names."
      action={
        <Button
          size="sm"
          onClick={() => saveText(`${fileName}-faults.csv`, faultsCsv(faults), "text/csv;charset=utf-8")}
        >
          Faults as CSV
        </Button>
      }
    >
      <DataTable
        isInside
        caption="Faults in the rows"
        columns={columns}
        rows={faults}
        rowKey={({ row, pointer, message }) => `${row} ${pointer} ${message}`}
      />
      {!isAll && (
        <p className="border-t px-5 py-3 text-[13px] text-muted">
          The first {formatNumber(faults.length)} faults. The others show up once these are mended.
        </p>
      )}
    </Card>
  );
}
