import { LRUCache } from "lru-cache";
import { SlidingWindow, type Standing } from "../core/sliding-window";
import { singleton } from "../infra/singleton";
import type { Policy, PolicyStanding, Verdict } from "./domain";

/** Far more than people who call within an hour; a counter that had to go would start again at nothing. */
export const callersMax = 100_000;
export const strangersMax = 20_000;

/** What this process counted for one policy, and what it knows of the others. */
export class Counter {
  readonly own: SlidingWindow;
  /** With Redis: what other processes had counted when this one last heard of it. */
  private others: SlidingWindow | undefined;
  /** Whether Redis has heard what was counted here; see `shared/counters.ts`. */
  toldEpoch = 0;

  constructor(
    /** Tells it from the counter of another process, or one that was here before. */
    readonly id: number,
    readonly policy: Policy,
  ) {
    this.own = new SlidingWindow(policy.windowMs);
  }

  check(at: number, cost: number, limit: number): Standing {
    const byOthers = this.others?.used(at) ?? 0;
    if (!this.others || byOthers === 0) return this.own.check(at, cost, limit);
    const own = this.own.check(at, cost, limit - byOthers);
    const theirs = this.others.check(at, 0, limit).resetMs;
    return { ...own, resetMs: own.resetMs === 0 ? theirs : Math.min(own.resetMs, theirs) };
  }

  /** All processes together have counted `total`. */
  hear(at: number, total: number): void {
    const byOthers = Math.max(0, total - this.own.used(at));
    if (byOthers === 0 && !this.others) return;
    this.others ??= new SlidingWindow(this.policy.windowMs);
    this.others.match(at, byOthers);
  }
}

export type Table = LRUCache<string, Counter>;

export const callers = (): Table => singleton("limit-callers", () => new LRUCache({ max: callersMax }));
/** Apart, because anybody can make up addresses: that must not push out what is counted for people. */
export const strangers = (): Table => singleton("limit-strangers", () => new LRUCache({ max: strangersMax }));

const ids = () => singleton("limit-counter-ids", () => ({ last: 0 }));

export const counterName = ({ name, key }: Policy): string => `${name}|${key}`;

/** One policy of one call: where it is counted, and what as. */
export type Charge = { policy: Policy; counter: Counter; cost: number; place?: number };

export function chargesOf(table: Table, policies: readonly Policy[], callCost: number): Charge[] {
  return policies.map((policy) => {
    const name = counterName(policy);
    let counter = table.get(name);
    if (!counter || counter.policy.windowMs !== policy.windowMs) {
      counter = new Counter(++ids().last, policy);
      table.set(name, counter);
    }
    return { policy, counter, cost: policy.cost ?? callCost };
  });
}

/** How a call would stand with each policy. Counts nothing. */
export const lookLocally = (charges: readonly Charge[], at: number): PolicyStanding[] =>
  charges.map(({ policy, counter, cost }) => ({ policy, ...counter.check(at, cost, policy.limit) }));

/** All policies are asked first and charged only if none refuses: a refused call counts nowhere. */
export function takeLocally(charges: readonly Charge[], at: number): Verdict {
  const before = lookLocally(charges, at);
  const isAllowed = before.every(({ retryMs }) => retryMs === 0);
  const standings = charges.map(({ policy, counter, cost, place }, index): PolicyStanding => {
    const standing = before[index];
    if (!isAllowed && standing) return standing;
    counter.own.put(at, cost, place ?? counter.own.placeAt(at, policy.limit));
    return { policy, ...counter.check(at, 0, policy.limit) };
  });
  return { isAllowed, standings };
}
