import { listChangesAfter, newestPosition } from "../audit/queries";
import { everything, noteChange } from "../infra/bus";
import { nowMs } from "../infra/clock";
import { singleton } from "../infra/singleton";

/** Twice within the second that is promised. */
const lookEveryMs = 500;

type Follower = { position: number | null; lookedAt: number; looking: Promise<void> | null };
const follower = () =>
  singleton(
    "follower",
    (): Follower => ({ position: null, lookedAt: Number.NEGATIVE_INFINITY, looking: null }),
  );

/**
 * Before anything that is remembered is believed: what did other processes, or the command line, change meanwhile?
 * One small query twice a second tells of all of them, however many credentials are in use. Answers nothing at
 * once while the last look is fresh; throws when the database cannot be asked, because then nobody knows.
 */
export function followChanges(): Promise<void> | undefined {
  const own = follower();
  if (Math.abs(nowMs() - own.lookedAt) < lookEveryMs) return undefined;
  own.looking ??= look(own).finally(() => {
    own.looking = null;
  });
  return own.looking;
}

async function look(own: Follower): Promise<void> {
  // Before the query: what is committed while it runs is found by the next one.
  const startedAt = nowMs();
  if (own.position === null) {
    own.position = await newestPosition();
    noteChange([everything]);
  } else {
    const { position, ids } = await listChangesAfter(own.position);
    own.position = position;
    if (ids === null) noteChange([everything]);
    else if (ids.length > 0) noteChange(ids);
  }
  own.lookedAt = startedAt;
}
