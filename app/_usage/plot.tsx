"use client";

import { useId } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartPoint, ChartShape, Series } from "./chart-shape";
import { plotHeight } from "./chart-shape";
import { Swatch } from "./swatch";
import { longTime, shortTime, tickText, valueText } from "./usage-words";

const tick = { fill: "var(--muted)", fontSize: 12 };

/** Loaded late, and only by pages that have a chart: recharts is as big as the rest of a page. */
export function Plot({ title, points, series, unit, currency, grain }: ChartShape & { title: string }) {
  const id = useId();
  const isSparse = points.filter((point) => series.some(({ key }) => point.values[key] !== null)).length < 32;
  return (
    <ComposedChart
      responsive
      // It takes the keyboard: the arrow keys walk from bar to bar, and the bubble is read out.
      aria-label={title}
      data={[...points]}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      barCategoryGap={points.length > 45 ? "12%" : "22%"}
      style={{ width: "100%", height: plotHeight }}
    >
      <defs>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--danger-soft)" />
          <rect width="2.5" height="5" fill="var(--danger)" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        tickMargin={6}
        minTickGap={28}
        interval="equidistantPreserveStart"
        tickFormatter={(at: number) => shortTime(at, grain)}
      />
      <YAxis
        tick={tick}
        tickLine={false}
        axisLine={false}
        width="auto"
        tickCount={5}
        allowDecimals={unit !== "count"}
        tickFormatter={(value: number) => tickText(value, unit, currency)}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--ink)", fillOpacity: 0.05, stroke: "var(--line-strong)" }}
        content={(props) => <Bubble {...props} shape={{ series, unit, currency, grain }} />}
      />
      {series.map((one) => markOf(one, { hatch: `url(#${id})`, isSparse }))}
    </ComposedChart>
  );
}

/** Failures are hatched and p95 is dashed, so that they are told apart without their colours. */
function markOf({ key, label, look }: Series, { hatch, isSparse }: { hatch: string; isSparse: boolean }) {
  const dataKey = ({ values }: ChartPoint) => values[key];
  if (look === "line" || look === "dashed") {
    const colour = look === "line" ? "var(--series-1)" : "var(--series-2)";
    return (
      <Line
        key={key}
        dataKey={dataKey}
        name={label}
        type="linear"
        stroke={colour}
        strokeWidth={2}
        strokeDasharray={look === "dashed" ? "5 4" : undefined}
        dot={isSparse && { r: 2, fill: colour, strokeWidth: 0, strokeDasharray: "none" }}
        activeDot={{ r: 4, fill: colour, stroke: "var(--surface)", strokeWidth: 2 }}
        isAnimationActive={false}
      />
    );
  }
  return (
    <Bar
      key={key}
      dataKey={dataKey}
      name={label}
      stackId="all"
      fill={look === "hatched" ? hatch : look === "second" ? "var(--series-2)" : "var(--series-1)"}
      maxBarSize={28}
      isAnimationActive={false}
    />
  );
}

type BubbleProps = Pick<TooltipContentProps, "active" | "payload"> & { shape: Omit<ChartShape, "points"> };

function Bubble({ active, payload, shape }: BubbleProps) {
  const point = payload?.[0]?.payload as ChartPoint | undefined;
  if (!active || !point) return null;
  return (
    <div role="status" aria-live="assertive" className="rounded-md border bg-surface px-3 py-2 shadow-pop">
      <p className="text-[13px] text-muted">{longTime(point.at, shape.grain)}</p>
      <dl className="mt-1 space-y-0.5">
        {shape.series.map(({ key, label, look }) => (
          <div key={key} className="flex items-center justify-between gap-6">
            <dt className="flex items-center gap-2">
              <Swatch look={look} />
              {label}
            </dt>
            <dd className="font-medium">
              {valueText(point.values[key] ?? null, shape.unit, shape.currency)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
