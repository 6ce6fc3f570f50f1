import type { TimeGrain, Unit } from "./usage-words";

/** How a series is drawn; each differs from the others by more than its colour. */
export type Look = "bar" | "hatched" | "second" | "line" | "dashed";
export type Series = { key: string; label: string; look: Look };

/** Null: nothing to show, such as the latency of an hour without a call. */
export type ChartPoint = { at: number; values: Readonly<Record<string, number | null>> };

/** Everything a chart is made of, as plain values that can be sent to the browser. */
export type ChartShape = {
  points: readonly ChartPoint[];
  series: readonly Series[];
  unit: Unit;
  currency: string;
  grain: TimeGrain;
};

/** The same while it loads, so that nothing moves. */
export const plotHeight = 220;
