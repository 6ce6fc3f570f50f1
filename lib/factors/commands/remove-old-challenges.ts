import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";

/** What was begun and never finished, or finished long ago: none of them works after its time. */
export async function removeOldChallenges(): Promise<void> {
  await db().challenge.deleteMany({ where: { expiresAt: { lt: now() } } });
}
