"use client";

import { Badge } from "@/app/_components/badge";
import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { useLate } from "@/app/_components/use-late";
import { millisecondsText, type Result } from "@/app/_model/model-words";
import { outputText } from "@/app/_model/result-words";
import { formatNumber } from "@/app/admin/_parts/count";
import type { PredictionRow } from "./prediction-row";
import { versionKey } from "./results-of";

const load = () => import("./prediction-sheet");

type PredictionsTableProps = {
  rows: readonly PredictionRow[];
  /** By model and version. */
  results: Readonly<Record<string, Result>>;
  /** By id, of one's own keys. */
  keyNames: Readonly<Record<string, string>>;
  now: number;
};

export function PredictionsTable({ rows, results, keyNames, now }: PredictionsTableProps) {
  const { opened, open, close } = useLate<typeof load, PredictionRow>(load);
  const resultOf = (row: PredictionRow) => results[versionKey(row)] ?? null;
  const callerOf = ({ key_id }: PredictionRow) =>
    key_id === null ? "You, signed in" : (keyNames[key_id] ?? "a deleted key");

  const columns: Column<PredictionRow>[] = [
    {
      key: "when",
      header: "When",
      className: "w-px whitespace-nowrap sm:w-px",
      cell: (row) => <RelativeTime at={row.created_at} now={now} className="font-normal text-muted" />,
    },
    {
      key: "model",
      header: "Model",
      className: "whitespace-nowrap",
      cell: (row) => (
        <>
          <span className="font-medium">{row.model}</span>{" "}
          <span className="text-[13px] text-muted" title={`Version ${row.version}`}>
            v{row.version}
          </span>
        </>
      ),
    },
    {
      key: "outcome",
      header: "Outcome",
      cell: (row) => <Outcome row={row} result={resultOf(row)} />,
    },
    {
      key: "rows",
      header: "Rows",
      align: "right",
      hideOnPhone: true,
      cell: (row) => formatNumber(row.rows),
    },
    {
      key: "time",
      header: "Time",
      align: "right",
      hideOnPhone: true,
      cell: ({ metrics }) => millisecondsText(metrics.predict_ms + metrics.queue_ms),
    },
    {
      key: "key",
      header: "Called by",
      className: "hidden text-muted md:table-cell",
      cell: (row) => (
        <span className="block max-w-44 truncate" title={callerOf(row)}>
          {callerOf(row)}
        </span>
      ),
    },
  ];

  return (
    // Fetched while the pointer is on its way, so that the press itself waits for nothing.
    <div onPointerEnter={load} onFocus={load}>
      <DataTable
        caption="Your predictions"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowAction={{ label: (row) => `Prediction ${row.id} of ${row.model}, ${row.status}`, open }}
      />
      {opened && (
        <opened.module.PredictionSheet
          row={opened.subject}
          result={resultOf(opened.subject)}
          caller={callerOf(opened.subject)}
          onClose={close}
        />
      )}
    </div>
  );
}

/** The result itself where it is kept and short; else whether there is one. */
function Outcome({ row, result }: { row: PredictionRow; result: Result | null }) {
  if (row.status === "failed") {
    return (
      <Badge tone="danger" hasDot>
        Failed
      </Badge>
    );
  }
  const shown = row.output === null || Array.isArray(row.output) ? "" : outputText(result, row.output);
  return (
    <span className="flex items-center gap-2.5">
      <Badge tone="success" hasDot>
        Succeeded
      </Badge>
      {shown && (
        <span className="hidden max-w-56 truncate text-muted lg:block" title={shown}>
          {shown}
        </span>
      )}
    </span>
  );
}
