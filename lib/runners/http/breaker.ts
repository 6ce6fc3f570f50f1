/** So many failures in a row, and it is left alone. */
export const failuresMax = 5;
export const restMinMs = 5_000;
export const restMaxMs = 60_000;
/** How long a probe takes nobody can know: whoever meets one comes back after this. */
export const probeWaitMs = 1_000;

/** What whoever was let in hands back with the outcome. */
export type Pass = { isProbe: boolean };

/**
 * Leaves a failing service alone: after several failures in a row nobody is let in for a while, then one call as a
 * probe. If that fails, the next rest is twice as long; any success ends it all.
 */
export class Breaker {
  private failures = 0;
  private restMs = 0;
  private restsFrom = 0;
  private isOpen = false;
  private hasProbe = false;

  /** How long a call has to wait before it may try; 0: it may now. */
  waitMs(at: number): number {
    if (!this.isOpen) return 0;
    // A clock that was set back ends the rest early rather than prolong it by an hour.
    if (at >= this.restsFrom && at < this.restsFrom + this.restMs) return this.restsFrom + this.restMs - at;
    return this.hasProbe ? probeWaitMs : 0;
  }

  /** Null: not now; `waitMs` says how long. */
  enter(at: number): Pass | null {
    if (this.waitMs(at) > 0) return null;
    if (this.isOpen) this.hasProbe = true;
    return { isProbe: this.isOpen };
  }

  succeed(): void {
    this.failures = 0;
    this.restMs = 0;
    this.isOpen = false;
    this.hasProbe = false;
  }

  fail({ isProbe }: Pass, at: number): void {
    if (isProbe) this.hasProbe = false;
    // Calls that were let in before it opened say nothing new.
    else if (this.isOpen) return;
    this.failures += 1;
    if ((isProbe && this.isOpen) || this.failures >= failuresMax)
      this.rest(at, Math.min(restMaxMs, Math.max(restMinMs, this.restMs * 2)));
  }

  /** The service itself asked to be left alone. */
  askedToRest(pass: Pass, at: number, ms: number): void {
    if (pass.isProbe) this.hasProbe = false;
    this.rest(at, Math.min(restMaxMs, ms));
  }

  /** Nothing was learnt: the caller went away, or never got its turn. */
  leave({ isProbe }: Pass): void {
    if (isProbe) this.hasProbe = false;
  }

  private rest(at: number, ms: number): void {
    this.isOpen = true;
    this.restsFrom = at;
    this.restMs = ms;
  }
}
