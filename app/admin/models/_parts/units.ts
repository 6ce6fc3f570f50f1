const units = ["B", "KB", "MB", "GB", "TB"];

/** 1536 → "1.5 KB", 2048 → "2 KB": 1024 to the next unit, as the limits of the product count. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}

/** 0.42 → "0.42 ms", 12.3 → "12 ms", 2340 → "2.3 s" */
export function formatMs(ms: number | null): string {
  if (ms === null) return "none yet";
  if (ms < 10) return `${ms.toFixed(ms < 1 ? 2 : 1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** 4 → "a few seconds", 42 → "42 seconds", 130 → "2 minutes" */
export function formatSecondsLeft(seconds: number): string {
  if (seconds < 5) return "a few seconds";
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} seconds`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
