import { dayMs, hourMs } from "../../core/time";
import { now } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { raiseUnusual } from "./unusual-keys";

/** A key that is younger finds its places still. */
const historyMs = 7 * dayMs;
const newForMs = hourMs;

type NewPlace = { key_id: string; bucket: string };

/** Keys that are used from where they never were, though they have been in use for a week at least. */
export async function lookAtPlaces(): Promise<void> {
  const at = now().getTime();
  const found = await readAside<NewPlace>(Prisma.sql`
    SELECT p.key_id, p.bucket FROM key_places p
    WHERE p.first_seen_at > ${new Date(at - newForMs)} AND EXISTS (
      SELECT 1 FROM key_places known
      WHERE known.key_id = p.key_id AND known.first_seen_at <= ${new Date(at - historyMs)})
    ORDER BY p.first_seen_at`);
  for (const { key_id, bucket } of found) await raiseUnusual(key_id, { reason: "place", place: bucket });
}
