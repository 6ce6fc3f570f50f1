"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { Skeleton } from "@/app/_components/skeleton";
import { type ChartShape, plotHeight } from "./chart-shape";
import { ChartTable } from "./chart-table";
import { Swatch } from "./swatch";

const Plot = dynamic(() => import("./plot").then((module) => module.Plot), {
  ssr: false,
  loading: () => <PlotSkeleton />,
});

type ChartCardProps = ChartShape & {
  /** The answer that the chart gives: "1,204 calls in the last 30 days". */
  title: string;
  /** What the heights mean: "Calls per day". */
  axis: string;
  className?: string;
  footer?: ReactNode;
};

/** A chart that says its answer first. The table beside it holds the same numbers, for whoever prefers them. */
export function ChartCard({ title, axis, footer, className, ...shape }: ChartCardProps) {
  const [isTable, setIsTable] = useState(false);
  const isEmpty = shape.points.every(({ values }) => Object.values(values).every((value) => !value));
  return (
    <section
      className={cn("flex min-w-0 flex-col rounded-lg border bg-surface", className)}
      aria-label={title}
    >
      <div className="flex items-start justify-between gap-4 px-5 pt-4">
        <h2 className="min-w-0 font-semibold leading-6 wrap-anywhere">{title}</h2>
        {!isEmpty && (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => setIsTable(!isTable)}
            className="-my-1 -mr-2.5 text-muted"
          >
            {isTable ? "Show as chart" : "Show as table"}
            <span className="sr-only">: {title}</span>
          </Button>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 pt-1 text-[13px] text-muted">
        <span>{axis}, in UTC</span>
        {shape.series.length > 1 && (
          <ul className="flex flex-wrap items-center gap-x-4">
            {shape.series.map(({ key, label, look }) => (
              <li key={key} className="flex items-center gap-1.5">
                <Swatch look={look} />
                {label}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="min-w-0 flex-1 px-3 pt-3 pb-4 sm:px-4">
        {isEmpty ? <Nothing /> : <Numbers title={title} shape={shape} isTable={isTable} />}
      </div>
      {footer}
    </section>
  );
}

function Numbers({ title, shape, isTable }: { title: string; shape: ChartShape; isTable: boolean }) {
  if (isTable) {
    return (
      <section
        aria-label={title}
        // Focusable, because it scrolls and must do so with the keyboard too.
        tabIndex={0}
        className="overflow-auto rounded-md border focus-visible:-outline-offset-2"
        style={{ height: plotHeight }}
      >
        <ChartTable title={title} shape={shape} />
      </section>
    );
  }
  return (
    <>
      {/* Who does not see the chart reads the table; who sees it may still walk through it with the arrow keys. */}
      <div className="sr-only">
        <ChartTable title={title} shape={shape} />
      </div>
      <div className="text-xs tabular-nums [&_svg]:rounded-sm" style={{ height: plotHeight }}>
        <Plot title={title} {...shape} />
      </div>
    </>
  );
}

function PlotSkeleton() {
  return (
    <div className="pb-7" style={{ height: plotHeight }}>
      <Skeleton className="h-full rounded-md" />
    </div>
  );
}

function Nothing() {
  return (
    <p className="grid place-items-center text-muted" style={{ height: plotHeight }}>
      Nothing in this time.
    </p>
  );
}
