import { minuteMs } from "../core/time";
import { nowMs } from "../infra/clock";
import { singleton } from "../infra/singleton";
import type { Refusal } from "./domain";

/**
 * Of one user's refusals in a minute, and of those of all strangers together. A program gone wild, or a flood, says
 * the same thing over and over: the first ones answer the question, and the rest must not fill the disk.
 */
const keptPerMinute = { user: 100, strangers: 600 };
const waitingMax = 2_000;

type Noted = {
  waiting: Refusal[];
  onNoted: (() => void) | null;
  counts: Map<string, number>;
  countedSince: number;
};
const noted = (): Noted =>
  singleton("noted-refusals", () => ({
    waiting: [],
    onNoted: null,
    counts: new Map(),
    countedSince: nowMs(),
  }));

/** For the gate, which must not know the database: the recorder fetches what is noted here. */
export function noteRefusal(refusal: Refusal): void {
  const own = noted();
  if (own.waiting.length >= waitingMax || !isWithinBudget(own, refusal.userId)) return;
  own.waiting.push(refusal);
  own.onNoted?.();
}

function isWithinBudget(own: Noted, userId: string | null): boolean {
  if (Math.abs(nowMs() - own.countedSince) >= minuteMs) {
    own.counts.clear();
    own.countedSince = nowMs();
  }
  const count = (own.counts.get(userId ?? "") ?? 0) + 1;
  own.counts.set(userId ?? "", count);
  return count <= (userId === null ? keptPerMinute.strangers : keptPerMinute.user);
}

export const takeNoted = (): Refusal[] => noted().waiting.splice(0);

export function whenNoted(listener: () => void): void {
  noted().onNoted = listener;
}
