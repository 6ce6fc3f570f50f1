export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Stored where "never" is meant, so that sorting needs no special case for null. */
export const never = new Date(0);

export const orNull = (date: Date | null): string | null =>
  date && date.getTime() > 0 ? date.toISOString() : null;

/** Whole seconds until `at`, at least 1: a retry after that many seconds comes late enough. */
export const secondsUntil = (at: Date, now: Date): number =>
  Math.max(1, Math.ceil((at.getTime() - now.getTime()) / secondMs));
