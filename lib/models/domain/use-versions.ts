export type Used = { stable: number; next: number | null };

/** Which versions are in use after a change. What comes into use for everybody is no longer on trial. */
export function usedAfter(before: Used, change: Partial<Used>): Used {
  const stable = change.stable ?? before.stable;
  const next = change.next === undefined ? before.next : change.next;
  return { stable, next: next === stable ? null : next };
}

/** Before and after of what differs, for the audit log. */
export const usedEdits = (
  before: Used,
  after: Used,
): Record<string, { before: unknown; after: unknown }> => ({
  ...(before.stable === after.stable ? {} : { stable: { before: before.stable, after: after.stable } }),
  ...(before.next === after.next ? {} : { next: { before: before.next, after: after.next } }),
});
