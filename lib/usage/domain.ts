import { dayMs, hourMs } from "../core/time";

/** Units and money: of a call, or what is left. */
export type Amount = { units: number; cost: number };

/** What a call that runs holds of its user's month, until it is settled. */
export type Hold = Amount & { id: string; userId: string; month: string; day: string };

/** A call as it is recorded, for good. */
export type CallRecord = {
  /** Of the prediction. */
  id: string;
  userId: string;
  keyId: string | null;
  modelId: string;
  version: number;
  at: number;
  /** Null: it succeeded; else the code of the error. */
  code: string | null;
  rows: number;
  /** Of a failed call none, and no cost. */
  units: number;
  cost: number;
  /** What it cost the owner. */
  expense: number;
  tokens: number;
  queueMs: number;
  workMs: number;
};

let lastDay = { number: Number.NaN, text: "" };

/** 2026-11-21, in UTC. Asked several times for each call, and nearly always about the same day. */
export function dayOf(at: number): string {
  const number = Math.floor(at / dayMs);
  if (number !== lastDay.number) lastDay = { number, text: new Date(at).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** 2026-11, in UTC. */
export const monthOf = (at: number): string => dayOf(at).slice(0, 7);
export const monthStart = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);
export function nextMonthStart(month: string): number {
  const start = new Date(monthStart(month));
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
}

/** The grains of the counters, as they are stored. */
export const grains = { hour: 1, day: 2, month: 3 } as const;
export type Grain = keyof typeof grains;

/** When the hour, day or month began that a moment lies in. */
export function grainStart(grain: Grain, at: number): number {
  if (grain === "month") return monthStart(monthOf(at));
  const length = grain === "hour" ? hourMs : dayMs;
  return Math.floor(at / length) * length;
}

/**
 * Calls that took up to so many milliseconds, waiting included; the last bucket takes what is longer. Each bound is
 * about 1.7 times the one before it, so a percentile read from them is right within that.
 */
export const latencyBounds = [
  1, 2, 3, 5, 8, 13, 22, 36, 60, 100, 170, 280, 460, 770, 1_300, 2_200, 3_600, 6_000, 10_000,
] as const;
export const latencyBuckets = latencyBounds.length + 1;

/** The part-th percentile of counted buckets in milliseconds, read between the bounds; null without a call. */
export function percentileOf(buckets: readonly number[], part: number): number | null {
  const calls = buckets.reduce((sum, count) => sum + count, 0);
  if (calls === 0) return null;
  let before = 0;
  for (const [index, count] of buckets.entries()) {
    if (before + count >= calls * part && count > 0) {
      const from = latencyBounds[index - 1] ?? 0;
      const to = latencyBounds[index] ?? from * 2;
      return from + ((calls * part - before) / count) * (to - from);
    }
    before += count;
  }
  return latencyBounds.at(-1) ?? null;
}

/** Calls added up; money in nanos. */
export type Sums = {
  calls: number;
  failures: number;
  rows: number;
  units: number;
  cost: number;
  expense: number;
  tokens: number;
  /** How many took how long; see `latencyBounds`. */
  buckets: number[];
};

/** A recorded call as it is listed. */
export type CallRow = {
  /** Of the prediction, without its prefix. */
  id: string;
  at: number;
  userId: string;
  /** Empty: without a key. */
  keyId: string;
  model: string;
  version: number;
  code: string | null;
  rows: number;
  units: number;
  cost: number;
  tokens: number;
  queueUs: number;
  workUs: number;
};
