import { dayMs, hourMs, minuteMs, secondMs } from "../core/time";

/** What an endpoint can be told of, by Standard Webhooks' spelling. */
export const eventTypes = ["task.completed", "alert.raised", "webhook.test"] as const;
export type EventType = (typeof eventTypes)[number];
/** A test is sent when it is asked for, and cannot be chosen. */
export const chosenEvents = ["task.completed", "alert.raised"] as const;

export const deliveryStates = ["waiting", "delivered", "failed"] as const;

export const deliveriesKeptMs = 30 * dayMs;
/** Standard Webhooks wants messages below 20 kB: who needs more is told where it is. */
export const bodyBytesMax = 20_000;

/** How long before each attempt, after the one before it; the words of Standard Webhooks. */
const schedule = [
  0,
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
] as const;
export const attemptsMax = schedule.length;

/** Up to a tenth more, so that what failed together does not come back together. */
const jitterShare = 0.1;

/**
 * How long to wait after so many attempts that failed; null: that was the last one. An endpoint that asked to be
 * left alone for longer is, though not for longer than the longest pause.
 */
export function pauseAfter(attempts: number, askedMs: number | null, random: number): number | null {
  const byPlan = schedule[attempts];
  if (byPlan === undefined) return null;
  const asked = Math.min(askedMs ?? 0, schedule[attemptsMax - 1] ?? 0);
  return Math.round(Math.max(byPlan, asked) * (1 + jitterShare * random));
}

export const readEvents = (text: string): (typeof chosenEvents)[number][] =>
  chosenEvents.filter((event) => text.split(" ").includes(event));
