import { millisecondsText } from "@/app/_model/model-words";

const counts = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** What a number counts. Functions cannot be sent to the browser, so charts are told this word. */
export type Unit = "count" | "money" | "ms";

/** "1,204" */
export const numberText = (value: number): string => counts.format(value);

/** "1 call", "1,204 calls" */
export const countText = (value: number, one: string, many = `${one}s`): string =>
  `${counts.format(value)} ${value === 1 ? one : many}`;

/** "€12.40"; amounts below a cent with as many digits as they need to be anything at all. */
export function moneyText(value: number, currency: string): string {
  const isTiny = value !== 0 && Math.abs(value) < 0.01;
  const digits = isTiny ? { maximumSignificantDigits: 2, maximumFractionDigits: 9 } : {};
  return new Intl.NumberFormat("en-US", { style: "currency", currency, ...digits }).format(value);
}

/** The same on an axis, where there is no room for cents beside thousands. */
function shortMoney(value: number, currency: string): string {
  if (Math.abs(value) < 1000) return moneyText(value, currency);
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(value);
}

/** A latency, or that there was none to measure. */
export const latencyText = (ms: number | null): string => (ms === null ? "–" : millisecondsText(ms));

export function valueText(value: number | null, unit: Unit, currency: string): string {
  if (value === null) return "–";
  if (unit === "money") return moneyText(value, currency);
  return unit === "ms" ? latencyText(value) : numberText(value);
}

export function tickText(value: number, unit: Unit, currency: string): string {
  if (unit === "money") return shortMoney(value, currency);
  if (unit === "ms") return value === 0 ? "0 ms" : latencyText(value);
  return compact.format(value);
}

/** "0.4 %" of all; what rounds to nothing and is something says so. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const percent = (part / whole) * 100;
  return percent < 0.1
    ? "under 0.1 %"
    : `${percent >= 99.95 || percent >= 10 ? Math.round(percent) : percent.toFixed(1)} %`;
}

export type TimeGrain = "hour" | "day" | "month";
export const timeWords: Record<TimeGrain, string> = { hour: "Hour", day: "Day", month: "Month" };

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const dayFormat = inUtc({ day: "numeric", month: "short" });
const longDayFormat = inUtc({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const hourFormat = inUtc({ hour: "2-digit", minute: "2-digit" });
const monthFormat = inUtc({ month: "short", year: "numeric" });
const longMonthFormat = inUtc({ month: "long", year: "numeric" });

/** Under an axis: "21 Nov", "14:00", "Nov 2026". */
export function shortTime(at: number, grain: TimeGrain): string {
  if (grain === "month") return monthFormat.format(at);
  if (grain === "day") return dayFormat.format(at);
  const isMidnight = new Date(at).getUTCHours() === 0;
  return isMidnight ? dayFormat.format(at) : hourFormat.format(at);
}

/** In a table or a bubble: "Sat, 21 Nov 2026", "Sat, 21 Nov 2026, 14:00 UTC", "November 2026". */
export function longTime(at: number, grain: TimeGrain): string {
  if (grain === "month") return longMonthFormat.format(at);
  const day = longDayFormat.format(at);
  return grain === "day" ? day : `${day}, ${hourFormat.format(at)} UTC`;
}

/** "2026-11" → "November 2026" */
export const monthText = (month: string): string =>
  longMonthFormat.format(Date.parse(`${month}-01T00:00:00Z`));
