import { z } from "zod";
import { dayMs, hourMs } from "@/lib/core/time";
import { dayOf, monthOf } from "@/lib/usage/domain";
import type { TimeGrain } from "./usage-words";

/** The ranges one can choose with a press; days of one's own come as `from` and `to`. */
export const rangeIds = ["24h", "7d", "30d", "90d", "month"] as const;
export type RangeId = (typeof rangeIds)[number];

export const rangeLabels: Record<RangeId, string> = {
  "24h": "24 h",
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  month: "This month",
};

/** Databases do not reach as far as dates can be written. */
const day = z.iso.date().regex(/^2/).optional();

/** What the address of a page of usage says beside its grouping. */
export const rangeFields = { range: z.enum(rangeIds).default("30d"), from: day, to: day };

type Asked = { range: RangeId; from?: string | undefined; to?: string | undefined };

export type Range = {
  /** Null: days of one's own. */
  id: RangeId | null;
  /** As the queries take them: a day, or the moment at which 24 hours ago was. */
  from: string;
  to: string;
  /** What comes after it is not shown. */
  endsAt: number;
  grain: TimeGrain;
  /** "in the last 30 days" */
  words: string;
};

/** As many as the queries answer at once. */
const daysMax = 366;
const monthsDaysMin = 200;

const daysBefore = (at: number, days: number): string => dayOf(at - days * dayMs);
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

export function rangeOf(asked: Asked, now: number): Range {
  if (asked.from || asked.to) return ownRange(asked, now);
  const { range: id } = asked;
  const until = { id, to: dayOf(now), endsAt: now };
  if (id === "24h") {
    const from = new Date(Math.floor(now / hourMs) * hourMs - 23 * hourMs).toISOString();
    return { ...until, from, grain: "hour", words: "in the last 24 hours" };
  }
  if (id === "month") return { ...until, from: `${monthOf(now)}-01`, grain: "day", words: "this month" };
  const days = { "7d": 7, "30d": 30, "90d": 90 }[id];
  return { ...until, from: daysBefore(now, days - 1), grain: "day", words: `in the last ${days} days` };
}

/** From one day to another, whichever way round they were written, not after today and not more than is answered. */
function ownRange(asked: Asked, now: number): Range {
  const today = dayOf(now);
  const upToToday = (date: string): string => [date, today].sort()[0] ?? today;
  const other = upToToday(asked.to ?? today);
  const start = asked.from ? upToToday(asked.from) : daysBefore(startOf(other), 29);
  const [first = start, to = other] = [start, other].sort();
  const from = dayOf(Math.max(startOf(first), startOf(to) - (daysMax - 1) * dayMs));
  const days = (startOf(to) - startOf(from)) / dayMs + 1;
  return {
    id: null,
    from,
    to,
    endsAt: Math.min(now, startOf(to) + dayMs),
    grain: days === 1 ? "hour" : days > monthsDaysMin ? "month" : "day",
    words: from === to ? `on ${to}` : `from ${from} to ${to}`,
  };
}

/** This month and those before it, for what is looked at month by month. */
export function lastMonths(count: number, now: number): Omit<Range, "id"> {
  const today = new Date(now);
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - count + 1, 1);
  return { from: dayOf(first), to: dayOf(now), endsAt: now, grain: "month", words: `in ${count} months` };
}
