const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "2026-07-29 14:03:22 UTC" */
export function formatExact(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** "just now", "3 min ago", "in 2 h", "5 days ago"; a date when it is more than a month away. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  const isPast = at <= now;
  if (distance < 45_000) return isPast ? "just now" : "in a moment";
  if (distance >= 31 * DAY) return formatDate(at);
  const words = formatDistance(distance);
  return isPast ? `${words} ago` : `in ${words}`;
}

function formatDistance(distance: number): string {
  if (distance < 59.5 * MINUTE) return `${Math.max(1, Math.round(distance / MINUTE))} min`;
  if (distance < 23.5 * HOUR) return `${Math.round(distance / HOUR)} h`;
  const days = Math.round(distance / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

function formatDate(at: number): string {
  return dateFormat.format(at);
}
