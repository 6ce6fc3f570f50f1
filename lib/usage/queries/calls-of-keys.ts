import type { UserActor } from "../../core/actor";
import { dayMs } from "../../core/time";
import { nowMs } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { grainStart, grains } from "../domain";

/** Calls on each of the last days, today last, by key; a key that was not used has no entry. */
export async function callsOfKeys(
  actor: UserActor,
  keyIds: readonly string[],
  days: number,
): Promise<Record<string, number[]>> {
  if (keyIds.length === 0) return {};
  const first = grainStart("day", nowMs()) - (days - 1) * dayMs;
  const rows = await readAside(Prisma.sql`
    SELECT s.key_id, c.at, CAST(sum(c.calls) AS BIGINT) AS calls
    FROM usage_subjects s CROSS JOIN usage_counters c
    WHERE s.user_id = ${actor.user.id} AND s.key_id IN (${Prisma.join([...keyIds])}) AND c.subject = s.number
      AND c.grain = ${grains.day} AND c.at >= CAST(${first} AS BIGINT)
    GROUP BY s.key_id, c.at`);
  const byKey: Record<string, number[]> = {};
  for (const { key_id, at, calls } of rows) {
    const key = String(key_id);
    const values = byKey[key] ?? Array.from({ length: days }, () => 0);
    values[(Number(at) - first) / dayMs] = Number(calls);
    byKey[key] = values;
  }
  return byKey;
}
