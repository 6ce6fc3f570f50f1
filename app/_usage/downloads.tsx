"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_components/button";
import { useDownload } from "./use-download";

type DownloadsProps = {
  /** The addresses of the numbers that are shown, and of the single calls behind them. */
  report: string;
  calls: string;
  query: { from: string; to: string; model?: string | undefined; key?: string | undefined };
  groupBy: string;
};

/** The numbers for a spreadsheet, and the log of single calls, as the API answers them. */
export function Downloads({ report, calls, query, groupBy }: DownloadsProps) {
  const { busy, download } = useDownload();
  const name = `${query.from.slice(0, 10)}-to-${query.to}`;
  const files = [
    {
      label: "These numbers as CSV",
      url: addressOf(report, { ...query, group_by: groupBy }),
      type: "text/csv",
      file: `usage-by-${groupBy}-${name}.csv`,
    },
    { label: "Every call as CSV", url: addressOf(calls, query), type: "text/csv", file: `calls-${name}.csv` },
    {
      label: "Every call as CloudEvents",
      url: addressOf(calls, query),
      type: "application/cloudevents-batch+json",
      file: `calls-${name}.json`,
    },
  ];
  return (
    <div className="flex flex-wrap gap-2">
      {files.map(({ label, ...file }) => (
        <Button key={label} size="sm" isBusy={busy === file.file} onClick={() => download(file)}>
          <Download aria-hidden="true" />
          {label}
        </Button>
      ))}
    </div>
  );
}

function addressOf(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  return `${path}?${params}`;
}
