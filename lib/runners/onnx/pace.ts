/** How fast a version is lately, from which follows how long a queue takes. */
export class Pace {
  /** Of one run, and how many calls it served; null until one has ended. */
  private recent: { ms: number; calls: number } | null = null;

  remember(ms: number, calls: number): void {
    const before = this.recent ?? { ms, calls };
    this.recent = { ms: before.ms * 0.8 + ms * 0.2, calls: before.calls * 0.8 + calls * 0.2 };
  }

  isBelow(ms: number): boolean {
    return this.recent !== null && this.recent.ms <= ms;
  }

  /** After how many seconds a queue of so many calls is likely to have room again. */
  secondsFor(calls: number, runners: number): number {
    const { ms, calls: callsPerRun } = this.recent ?? { ms: 1_000, calls: 1 };
    const seconds = (calls * ms) / Math.max(1, callsPerRun) / runners / 1_000;
    return Math.min(60, Math.max(1, Math.ceil(seconds)));
  }
}
