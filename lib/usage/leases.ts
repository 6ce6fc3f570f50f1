import { LRUCache } from "lru-cache";
import { newId } from "../core/ids";
import type { Bounds } from "../core/money";
import { nowMs } from "../infra/clock";
import { type Amount, dayOf, type Hold, monthOf } from "./domain";
import type { Standing } from "./refusal";

/** How long calls are let in by a lease; somebody whose quota is nearly used up waits about as long for an answer. */
const leaseMs = 3_000;
/** After so long a lease is given back, but for calls that take very long. */
export const leaseLifeMs = 12_000;
/** So often has somebody to call within `leaseMs` before holding for each call alone is the dearer way. */
const busyCalls = 6;
/** So long before its end, or with so small a part of it left, somebody who still calls gets the next one. */
const renewMs = 1_000;
const renewPart = 1 / 4;
/** Of what is left a lease takes this part at most: what it keeps from others must not matter to them. */
const partOfRest = 1 / 64;
const callsMin = 4;
const callsMax = 2_048;

/**
 * A hold for many calls of one user, taken before them: each takes its part in memory, instead of two changes of the
 * ledger. What they use is added to the account when they are counted, and only then what they held is given back;
 * so what is used and held together is never less than what was really used, whenever the process dies.
 */
export type Lease = {
  readonly hold: Hold;
  readonly bounds: Bounds;
  /** How the account stood after it was taken. */
  readonly standing: Standing;
  readonly openedAt: number;
  /** What can still be taken. */
  readonly room: { units: number; cost: number };
  /** Used by calls that are recorded, and not yet given back. */
  readonly spent: { units: number; cost: number };
  /** Calls that took their part and did not end yet. */
  running: number;
  taken: number;
  /** The one after it was asked for, which is done once. */
  isFollowed: boolean;
  /** Until then calls are let in; null: no more. */
  until: number | null;
  /** Then the ledger takes it back, whoever holds it. */
  readonly expiresAt: number;
};

/** What a call takes of a lease, until it ends. */
type Part = Hold & { lease: Lease | undefined };

type Pace = { since: number; calls: number; lastTaken: number; isOpening: boolean };

const isSame = (one: Bounds, other: Bounds): boolean =>
  one.unitsPerMonth === other.unitsPerMonth &&
  one.budgetPerMonth === other.budgetPerMonth &&
  one.budgetPerDay === other.budgetPerDay;

/** The leases of this process. */
export class Leases {
  private readonly byUser = new Map<string, Lease[]>();
  private readonly paces = new LRUCache<string, Pace>({ max: 10_000 });

  /** The part of a call in a lease that has room for it, or null. */
  take(userId: string, bounds: Bounds, ask: Amount, ttlMs: number): Hold | null {
    const at = nowMs();
    for (const lease of this.byUser.get(userId) ?? []) {
      const { hold, room } = lease;
      if (lease.until === null) continue;
      if (lease.until <= at || hold.day !== dayOf(at) || !isSame(lease.bounds, bounds)) {
        lease.until = null;
        continue;
      }
      if (room.units < ask.units || room.cost < ask.cost || at + ttlMs > lease.expiresAt) continue;
      room.units -= ask.units;
      room.cost -= ask.cost;
      lease.running += 1;
      lease.taken += 1;
      const { id, month, day } = hold;
      const part: Part = { id, userId, month, day, units: ask.units, cost: ask.cost, lease };
      return part;
    }
    return null;
  }

  /** The lease that it is a part of. */
  of = (hold: Hold | null): Lease | undefined => (hold as Part | null)?.lease;

  /** A call that had this part is over, and has used so much of it. */
  end(part: Hold, used: Amount): void {
    const lease = this.of(part);
    if (!lease) return;
    (part as Part).lease = undefined;
    lease.running -= 1;
    lease.spent.units += used.units;
    lease.spent.cost += used.cost;
    lease.room.units += part.units - used.units;
    lease.room.cost += part.cost - used.cost;
  }

  /**
   * What to hold for the next calls of somebody who calls often, given how the account stands after this one; null:
   * they do not, or too little is left.
   */
  wanted(userId: string, bounds: Bounds, ask: Amount, standing: Standing): Amount | null {
    const at = nowMs();
    const pace = this.paceOf(userId, at);
    pace.calls += 1;
    if (pace.calls < busyCalls) return null;
    return this.amountFor(pace, Math.max(busyCalls, pace.lastTaken), bounds, ask, standing);
  }

  /**
   * What to hold for the calls after those of a lease that is about to end, when one of its parts was just taken; null:
   * not now. So who goes on calling never has to hold for each call alone again.
   */
  wantedAfter(part: Hold): Amount | null {
    const lease = this.of(part);
    if (!lease || lease.isFollowed || lease.until === null || lease.taken < busyCalls) return null;
    const { hold, room, bounds, standing, until, openedAt, taken } = lease;
    const at = nowMs();
    const isEnding =
      until - at < renewMs || room.units < hold.units * renewPart || room.cost < hold.cost * renewPart;
    if (!isEnding) return null;
    lease.isFollowed = true;
    const calls = Math.ceil((taken * leaseMs) / Math.max(1, at - openedAt));
    return this.amountFor(this.paceOf(hold.userId, at), calls, bounds, part, standing);
  }

  private amountFor(
    pace: Pace,
    calls: number,
    bounds: Bounds,
    ask: Amount,
    standing: Standing,
  ): Amount | null {
    if (pace.isOpening) return null;
    // Twice as many as are expected: what is not taken comes back.
    const most = Math.min(callsMax, 2 * calls, callsIn(restOf(bounds, standing), ask));
    if (most < callsMin) return null;
    pace.isOpening = true;
    return { units: ask.units * most, cost: ask.cost * most };
  }

  private paceOf(userId: string, at: number): Pace {
    const known = this.paces.get(userId);
    if (known && at - known.since < leaseMs) return known;
    const lastTaken = known?.lastTaken ?? 0;
    // Who called often the last time is believed to do so again.
    const calls = lastTaken < busyCalls ? 0 : busyCalls;
    const pace = { since: at, calls, lastTaken, isOpening: known?.isOpening ?? false };
    this.paces.set(userId, pace);
    return pace;
  }

  /** A hold for a lease, to be asked for like any other. */
  draft(userId: string, amount: Amount, ttlMs: number): { hold: Hold; expiresAt: number } {
    const at = nowMs();
    const hold = { id: newId("lse"), userId, month: monthOf(at), day: dayOf(at), ...amount };
    return { hold, expiresAt: at + 2 * leaseMs + ttlMs };
  }

  /** It was asked for and admitted, or (null) not. */
  opened(userId: string, made: Pick<Lease, "hold" | "bounds" | "standing" | "expiresAt"> | null): void {
    const pace = this.paces.get(userId);
    if (pace) pace.isOpening = false;
    if (!made) return;
    const { hold } = made;
    const openedAt = nowMs();
    const lease: Lease = {
      ...made,
      ...{ openedAt, running: 0, taken: 0, isFollowed: false, until: openedAt + leaseMs },
      ...{ room: { units: hold.units, cost: hold.cost }, spent: { units: 0, cost: 0 } },
    };
    this.byUser.set(userId, [...(this.byUser.get(userId) ?? []), lease]);
  }

  isEmpty(): boolean {
    return this.byUser.size === 0;
  }

  /** Nothing of it is left to give back, now or later. */
  isOver({ running, spent, room }: Lease): boolean {
    return running === 0 && spent.units + spent.cost + room.units + room.cost === 0;
  }

  /** Those that let no more calls in; of one user, or when all are asked for, no lease does from now on. */
  closed(which: "due" | "all" | { userId: string }): Lease[] {
    const at = nowMs();
    const lists =
      typeof which === "object" ? [this.byUser.get(which.userId) ?? []] : [...this.byUser.values()];
    const leases = lists.flat();
    for (const lease of leases) {
      if (which !== "due" || (lease.until !== null && lease.until <= at)) lease.until = null;
    }
    return leases.filter(({ until }) => until === null);
  }

  /** What is free of a closed one for good, given that the calls which spent so much were counted. */
  takeBack(lease: Lease, spent: Amount): Amount {
    const back = { units: lease.room.units + spent.units, cost: lease.room.cost + spent.cost };
    Object.assign(lease.room, { units: 0, cost: 0 });
    lease.spent.units -= spent.units;
    lease.spent.cost -= spent.cost;
    return back;
  }

  forget(lease: Lease): void {
    const { userId } = lease.hold;
    const left = (this.byUser.get(userId) ?? []).filter((one) => one !== lease);
    if (left.length > 0) this.byUser.set(userId, left);
    else this.byUser.delete(userId);
    const pace = this.paces.get(userId);
    if (pace) pace.lastTaken = lease.taken;
  }
}

/** What is left of each bound; null where there is none. */
function restOf(bounds: Bounds, standing: Standing): { units: number | null; cost: number | null } {
  const { unitsPerMonth, budgetPerMonth, budgetPerDay } = bounds;
  const { unitsUsed, unitsReserved, unitsGranted, costUsed, costReserved, dayCostUsed, dayCostReserved } =
    standing;
  const costs = [
    budgetPerMonth === null ? null : budgetPerMonth - costUsed - costReserved,
    budgetPerDay === null ? null : budgetPerDay - dayCostUsed - dayCostReserved,
  ].filter((left) => left !== null);
  return {
    units: unitsPerMonth === null ? null : unitsPerMonth + unitsGranted - unitsUsed - unitsReserved,
    cost: costs.length === 0 ? null : Math.min(...costs),
  };
}

/** How many such calls the part for leases has room for. */
function callsIn(rest: ReturnType<typeof restOf>, ask: Amount): number {
  const roomIn = (left: number | null, one: number) =>
    left === null || one === 0 ? Number.POSITIVE_INFINITY : Math.floor((left * partOfRest) / one);
  return Math.min(roomIn(rest.units, ask.units), roomIn(rest.cost, ask.cost));
}
