/** What a limit says about one call. */
export type Standing = {
  /** What is left of the limit. It does not rise before `resetMs` is over. */
  remaining: number;
  /** Until the oldest counted call leaves the window; 0 when there is none. */
  resetMs: number;
  /** Until a call of this cost is accepted, if nobody else calls; 0: now. */
  retryMs: number;
};

/** One counted call, or several that came so close together that they are counted as one. */
export type Entry = { place: number; at: number; cost: number };

/** Up to here every call is remembered by itself; above, calls share this many parts of a window. */
const partsMax = 3_600;

/**
 * What was spent in the last `windowMs`: exact, so that neither the turn of a minute nor a burst lets more through,
 * and nothing under the limit is refused. A call leaves exactly `windowMs` after it came. With limits above 3,600,
 * calls within 1/3,600 of the window leave together, when the last of them does: that bounds the memory.
 */
export class SlidingWindow {
  private times: number[] = [];
  private costs: number[] = [];
  private places: number[] = [];
  /** Entries before this one have left; the arrays are cut now and then, not at every call. */
  private head = 0;
  private total = 0;
  private lastPlace = 0;
  private shareUntil = Number.NEGATIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;
  private offset = 0;

  constructor(readonly windowMs: number) {}

  /** Would a call be accepted, and what is left? Counts nothing. */
  check(at: number, cost: number, limit: number): Standing {
    const time = this.moveTo(at);
    const remaining = Math.max(0, limit - this.total);
    const oldest = this.times[this.head];
    const resetMs = oldest === undefined ? 0 : oldest + this.windowMs - time;
    return { remaining, resetMs, retryMs: cost <= remaining ? 0 : this.waitFor(time, cost, limit) };
  }

  /** Counts a call, whether or not the limit allows it: ask `check` first. */
  add(at: number, cost: number, limit: number): void {
    this.put(at, cost, this.placeAt(at, limit));
  }

  /** Where a call belongs that comes now and is counted later, when somebody else has agreed to it. */
  placeAt(at: number, limit: number): number {
    const time = this.moveTo(at);
    if (limit <= partsMax || time >= this.shareUntil) {
      this.lastPlace += 1;
      this.shareUntil = limit <= partsMax ? Number.NEGATIVE_INFINITY : time + this.windowMs / partsMax;
    }
    return this.lastPlace;
  }

  put(at: number, cost: number, place: number): void {
    const time = this.moveTo(at);
    const newest = this.times.length - 1;
    if (newest >= this.head && this.places[newest] === place) {
      this.times[newest] = time;
      this.costs[newest] = (this.costs[newest] ?? 0) + cost;
    } else {
      this.times.push(time);
      this.costs.push(cost);
      this.places.push(place);
    }
    this.total += cost;
  }

  used(at: number): number {
    this.moveTo(at);
    return this.total;
  }

  /** What is counted now, oldest first, with the time as `at` tells it. */
  entries(at: number): Entry[] {
    const time = this.moveTo(at);
    return this.times.slice(this.head).map((entryTime, index) => ({
      place: this.places[this.head + index] ?? 0,
      at: at - (time - entryTime),
      cost: this.costs[this.head + index] ?? 0,
    }));
  }

  /** Makes the sum what somebody else says it is: more is counted as of now, what is too much leaves early. */
  match(at: number, total: number): void {
    this.moveTo(at);
    if (total > this.total) this.add(at, total - this.total, Number.POSITIVE_INFINITY);
    while (total < this.total) {
      const cost = this.costs[this.head] ?? this.total;
      const excess = this.total - total;
      if (cost > excess) {
        this.costs[this.head] = cost - excess;
        this.total = total;
      } else this.dropOldest();
    }
  }

  /**
   * The window's own time never runs backwards. When the clock is set back, it goes on from where it was: no
   * counted call is forgotten. When the clock is set right again, so is this, and a window later all have left.
   */
  private moveTo(at: number): number {
    if (at >= this.last) this.offset = 0;
    else if (at + this.offset < this.last) this.offset = this.last - at;
    const time = at + this.offset;
    this.last = time;
    while (this.head < this.times.length && (this.times[this.head] ?? 0) + this.windowMs <= time)
      this.dropOldest();
    return time;
  }

  private dropOldest(): void {
    this.total -= this.costs[this.head] ?? 0;
    this.head += 1;
    if (this.head === this.times.length || (this.head > 32 && this.head * 2 > this.times.length)) {
      for (const list of [this.times, this.costs, this.places]) list.splice(0, this.head);
      this.head = 0;
    }
  }

  private waitFor(time: number, cost: number, limit: number): number {
    let excess = this.total + cost - limit;
    for (let index = this.head; index < this.times.length; index += 1) {
      excess -= this.costs[index] ?? 0;
      if (excess <= 0) return (this.times[index] ?? 0) + this.windowMs - time;
    }
    // It costs more than the whole limit: no wait is long enough, and a window is the longest that makes sense.
    return this.windowMs;
  }
}
