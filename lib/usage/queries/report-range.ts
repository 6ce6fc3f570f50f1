import { invalid } from "../../core/errors";
import { dayMs, hourMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { currentSettings } from "../../settings/queries";
import { dayOf, type Grain, grainStart, nextMonthStart } from "../domain";

type Asked = { from?: string | undefined; to?: string | undefined; group_by?: string };

/** From the first moment to the one before the last, in milliseconds. */
export type Range = { from: number; to: number };
/** Some of a range, and the counters that answer it with the fewest rows. */
export type Part = Range & { grain: Grain };

const daysMax = 366;
const hourDaysMax = 31;
/** Nothing is counted before this program existed; a year 1 is a mistake. */
const earliest = Date.UTC(2000, 0, 1);

/** The days that were asked for, the last one included; without them the last 30, or two for hours. */
export function rangeOf({ from, to, group_by }: Asked, now = nowMs()): Range {
  const today = grainStart("day", now);
  const isHours = group_by === "hour";
  const last = to === undefined ? today : Date.parse(`${to}T00:00:00Z`);
  if (!(last >= earliest)) throw tooEarly("/to");
  if (last > today)
    throw invalid("/to", "The last day lies in the future.", `Write ${dayOf(now)} or an earlier day (UTC).`);
  const first = from === undefined ? last - (isHours ? 1 : 29) * dayMs : grainStart("hour", Date.parse(from));
  if (!(first >= earliest)) throw tooEarly("/from");
  if (first > now)
    throw invalid("/from", "The range begins in the future.", `Write ${dayOf(now)} or an earlier day (UTC).`);
  if (first >= last + dayMs)
    throw invalid("/from", "The range ends before it begins.", "Make from the earlier one.");
  const max = isHours ? hourDaysMax : daysMax;
  if (last + dayMs - first > max * dayMs)
    throw invalid(
      "/from",
      `The range is longer than ${max} days.`,
      isHours ? "Ask for fewer days, or group by day." : "Ask for one year after the other.",
    );
  return { from: first, to: last + dayMs };
}

const tooEarly = (pointer: string) =>
  invalid(pointer, "Nothing was counted that early.", "Write a day since 2000-01-01.");

/** Months as far as they lie inside, then days, then hours: a year by model reads twelve rows, not 8,760. */
export function partsOf({ from, to }: Range, coarsest: Grain, now = nowMs()): Part[] {
  if (coarsest === "hour") return [{ grain: "hour", from, to }];
  const finer = coarsest === "month" ? "day" : "hour";
  const middle = coarsest === "month" ? monthsWithin(from, to, now) : daysWithin(from, to);
  if (!middle) return partsOf({ from, to }, finer, now);
  const parts: Part[] = [{ grain: coarsest, ...middle }];
  if (from < middle.from) parts.unshift(...partsOf({ from, to: middle.from }, finer, now));
  if (middle.to < to) parts.push(...partsOf({ from: middle.to, to }, finer, now));
  return parts;
}

/** A month that is not over is a whole one, when it was asked for up to now: nothing comes after. */
function monthsWithin(from: number, to: number, now: number): Range | null {
  const first = grainStart("month", from) === from ? from : monthAfter(from);
  const last = to > now ? monthAfter(to - 1) : grainStart("month", to);
  return first < last ? { from: first, to: last } : null;
}

const monthAfter = (at: number): number => nextMonthStart(dayOf(at).slice(0, 7));

function daysWithin(from: number, to: number): Range | null {
  const first = Math.ceil(from / dayMs) * dayMs;
  return first < to ? { from: first, to } : null;
}

/** What was removed by age must not look like nothing. */
export async function requireKept(parts: readonly Part[], now = nowMs()): Promise<void> {
  const settings = await currentSettings();
  const kept = {
    hour: settings.hours_kept_days,
    day: settings.days_kept_days,
    month: Number.POSITIVE_INFINITY,
  };
  const words = { hour: "Hours are", day: "Single days are", month: "" };
  for (const { grain, from } of parts) {
    if (from >= grainStart("day", now) - kept[grain] * dayMs) continue;
    throw invalid(
      "/from",
      `${words[grain]} kept for ${kept[grain]} days.`,
      grain === "hour" ? "Begin with a whole day, and group by day." : "Ask for whole months.",
    );
  }
}

/** When each hour, day or month of the range began. */
export function* startsIn({ from, to }: Range, grain: Grain): Generator<number> {
  for (
    let at = grainStart(grain, from);
    at < to;
    at = grain === "month" ? monthAfter(at) : at + stepOf[grain]
  )
    yield at;
}
const stepOf = { hour: hourMs, day: dayMs };
