/** Numbers that nobody has to set; tests make them small. */
export const defaultTuning = {
  /** How often calls and runners are looked at while there is work. */
  tickMs: 20,
  startMsMax: 60_000,
  /** Once a call waited that long, another runner is started. */
  patienceMs: 50,
  idleMs: 10 * 60_000,
  /** After so many runs a process is replaced by a fresh one. */
  runsMax: 100_000,
  /** A model that takes no longer gets its next work before it answers, so that it never waits for us. */
  quickMs: 10,
  /** How long work that nobody waits for may go on. */
  abandonedMs: 250,
  /** How long a version that does not start is left alone: after the first time, and at most. */
  restMs: 1_000,
  restMsMax: 60_000,
  callsPerRunMax: 64,
  valuesPerRunMax: 262_144,
};
export type Tuning = typeof defaultTuning;
