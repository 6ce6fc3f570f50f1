import { type Column, DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { countOf, formatNumber } from "@/app/admin/_parts/count";
import { modelPath } from "../_parts/model-paths";
import type { AdminModel } from "../_parts/model-words";
import { StateBadge } from "../_parts/state-badge";
import { formatBytes, formatMs } from "../_parts/units";

/** On phones, where there is no room for the columns: "12 calls, 1 error, p95 40 ms". */
const numbersLine = ({ numbers: { calls, errors, p95_ms } }: AdminModel): string =>
  [
    countOf(calls, "call"),
    errors > 0 && countOf(errors, "error"),
    p95_ms !== null && `p95 ${formatMs(p95_ms)}`,
  ]
    .filter(Boolean)
    .join(", ");

const columns: Column<AdminModel>[] = [
  {
    key: "model",
    header: "Model",
    cell: (model) => (
      <span className="block sm:max-w-64">
        <span className="block sm:truncate">{model.title}</span>
        <span className="block truncate font-mono font-normal text-muted text-xs">{model.name}</span>
        <span className="block font-normal text-[13px] text-muted sm:hidden">{numbersLine(model)}</span>
        {model.report.reason && (
          <span className="mt-0.5 line-clamp-2 font-normal text-[13px] text-danger-ink">
            {model.report.reason}
          </span>
        )}
      </span>
    ),
  },
  { key: "state", header: "State", cell: (model) => <StateBadge model={model} /> },
  {
    key: "version",
    header: "Version",
    hideOnPhone: true,
    className: "whitespace-nowrap",
    cell: ({ version, next_version }) => (
      <>
        {version}
        {next_version !== null && <span className="text-muted">, {next_version} on trial</span>}
      </>
    ),
  },
  {
    key: "calls",
    header: "Calls",
    align: "right",
    hideOnPhone: true,
    cell: ({ numbers }) => formatNumber(numbers.calls),
  },
  {
    key: "errors",
    header: "Errors",
    align: "right",
    hideOnPhone: true,
    cell: ({ numbers }) => (
      <span className={numbers.errors > 0 ? "text-danger-ink" : "text-muted"}>
        {formatNumber(numbers.errors)}
      </span>
    ),
  },
  {
    key: "times",
    header: (
      <abbr title="Half of the calls are faster than the first, 95 of 100 than the second">p50 / p95</abbr>
    ),
    align: "right",
    className: "hidden md:table-cell",
    cell: ({ numbers }) =>
      numbers.p50_ms === null ? (
        <span className="text-muted">none yet</span>
      ) : (
        `${formatMs(numbers.p50_ms)} / ${formatMs(numbers.p95_ms)}`
      ),
  },
  {
    key: "memory",
    header: "Runs on",
    className: "hidden whitespace-nowrap text-muted lg:table-cell",
    cell: ({ runner, report }) =>
      runner === "http"
        ? "a service"
        : report.runners === 0
          ? "nothing now"
          : `${countOf(report.runners, "runner")}, ${formatBytes(report.memory_bytes)}`,
  },
  {
    key: "updated",
    header: "Changed",
    className: "hidden whitespace-nowrap text-muted xl:table-cell",
    cell: ({ updated_at }) => <RelativeTime at={updated_at} />,
  },
];

export const ModelsTable = ({ rows }: { rows: readonly AdminModel[] }) => (
  <DataTable
    caption="Models"
    columns={columns}
    rows={rows}
    rowKey={({ id }) => id}
    rowHref={({ name }) => modelPath(name)}
  />
);
