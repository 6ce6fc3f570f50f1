/** How hard a riddle is: each level takes twice the work of the one before. */
export const levelMax = 3;

/** Keys to try at level 0, at most; half of it on average. A browser of today tries about 500 in a second. */
const keysMax = 500;

export const keysOfLevel = (level: number): number => keysMax * 2 ** Math.min(level, levelMax);

/**
 * Null: `used` tries, this one among them, are few enough to go without. `after` 0 asks nobody ever. It stops growing,
 * because a riddle that nobody can solve would lock out whom it is there for.
 */
export function levelOf(used: number, after: number): number | null {
  if (after === 0 || used <= after) return null;
  return Math.min(used - after - 1, levelMax);
}

/** While one riddle is solved others may fail, too: one level below is still good. */
export const isHardEnough = (level: number, needed: number): boolean => level >= needed - 1;
