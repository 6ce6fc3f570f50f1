import { dayMs, hourMs, minuteMs, secondMs } from "./time";

const units: Record<string, number> = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

/** "15m", "24h", "7d", or plain seconds, as milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, digits, unit = "s"] = /^(\d{1,9})([smhd])?$/.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits) * (units[unit] ?? secondMs);
}
