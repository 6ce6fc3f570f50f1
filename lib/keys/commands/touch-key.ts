import { minuteMs } from "../../core/time";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";

const restMs = 5 * minuteMs;

/**
 * Notes when and from where a key was used last: at most one write in five minutes, however many calls and
 * addresses there are, and never a step back in time. Not a change anybody made, so it is in no log.
 */
export async function touchKey(key: { id: string; lastUsedAt: Date }, address: string): Promise<void> {
  const at = now();
  const before = new Date(at.getTime() - restMs);
  if (key.lastUsedAt > before) return;
  await db().apiKey.updateMany({
    where: { id: key.id, lastUsedAt: { lte: before } },
    data: { lastUsedAt: at, lastUsedAddress: address },
  });
}
