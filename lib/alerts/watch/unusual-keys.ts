import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { singleton } from "../../infra/singleton";
import { grantOf } from "../../keys/domain";
import { dayOf, grainStart } from "../../usage/domain";
import { raiseForKey } from "../commands/take-step";
import type { AlertFacts } from "../domain";
import { errorCallsMin, isFailing } from "./many-errors";
import { noCalls, type Recent, type Sums, sumBy } from "./recent-calls";

const historyDays = 7;
const activeDaysMin = 3;
const rateCallsMin = 100;
const rateFactor = 5;
const errorFactor = 3;

/** What a key did in the hours before this one. */
type History = { activeDays: number; highestHour: number; calls: number; failures: number };

/** Keys that are called far more often, or fail far more often, than they ever did in the week before. */
export async function lookAtKeys(recent: readonly Recent[], percent: number): Promise<void> {
  const byKey = recent.filter(({ keyId }) => keyId !== "");
  const thisHour = new Map<string, number>();
  for (const { keyId, callsThisHour } of byKey)
    thisHour.set(keyId, (thisHour.get(keyId) ?? 0) + callsThisHour);
  const sums = sumBy(byKey, ({ keyId }) => keyId);
  const suspects = [...sums.keys()].filter(
    (id) => (thisHour.get(id) ?? 0) >= rateCallsMin || isFailing(sums.get(id) ?? noCalls(), percent),
  );
  const owners = new Map(byKey.map(({ keyId, userId }) => [keyId, userId]));
  for (const [keyId, past] of await historiesOf(suspects, owners)) {
    if (past.activeDays < activeDaysMin) continue;
    const calls = thisHour.get(keyId) ?? 0;
    if (calls >= rateCallsMin && calls > rateFactor * past.highestHour)
      await raiseUnusual(keyId, { reason: "rate", calls, usual: past.highestHour });
    await lookAtFailures(keyId, sums.get(keyId) ?? noCalls(), past, { recent, percent });
  }
}

type Around = { recent: readonly Recent[]; percent: number };

/**
 * When its models fail for others as well, that is no use of the key. When nobody else calls them, nobody can tell
 * whose fault it is: then its owner is told and nothing is done by itself.
 */
async function lookAtFailures(
  keyId: string,
  sums: Sums,
  past: History,
  { recent, percent }: Around,
): Promise<void> {
  if (!isFailing(sums, percent)) return;
  if (past.failures * sums.calls * errorFactor >= sums.failures * past.calls) return;
  const models = new Set(recent.filter((one) => one.keyId === keyId).map(({ modelId }) => modelId));
  const others = [
    ...sumBy(
      recent.filter((one) => models.has(one.modelId) && one.keyId !== keyId),
      () => "",
    ).values(),
  ][0];
  const areOthersKnown = others !== undefined && Math.round(others.calls) >= errorCallsMin;
  if (areOthersKnown && isFailing(others, percent)) return;
  const calls = Math.round(sums.calls);
  const failures = Math.min(calls, Math.round(sums.failures));
  const usualPercent = Math.round((past.failures / Math.max(1, past.calls)) * 100);
  await raiseUnusual(keyId, { reason: "errors", calls, failures, usualPercent }, areOthersKnown);
}

/** A fact of `key.unusual` without the name of the key, for each reason. */
type Reason<F = AlertFacts["key.unusual"]> = F extends unknown ? Omit<F, "key"> : never;

/** Told once a day per key and reason, and what its owner wants done is done. */
export async function raiseUnusual(keyId: string, reason: Reason, mayStep = true): Promise<void> {
  const key = await db().apiKey.findUnique({ where: { id: keyId } });
  if (!key || key.revokedAt || key.frozenAt) return;
  const { onUnusualUse } = grantOf(key);
  const step = mayStep && onUnusualUse !== "notify" ? onUnusualUse : null;
  await raiseForKey(
    { ...key, step },
    {
      key: `key.unusual:${key.id}:${reason.reason}:${dayOf(now().getTime())}`,
      userId: key.userId,
      kind: "key.unusual",
      level: step === null ? "warning" : "danger",
      facts: { ...reason, key: key.name } as AlertFacts["key.unusual"],
      object: { type: "key", id: key.id },
    },
  );
}

type HistoryRow = { key_id: string; at: number; calls: number; failures: number };
type Kept = { hour: number; keys: Map<string, History> };

const keysAtOnce = 50;

/** Whole hours do not change any more, so each key's are read once an hour, and never many in one statement. */
async function historiesOf(
  keyIds: readonly string[],
  owners: ReadonlyMap<string, string>,
): Promise<[string, History][]> {
  const kept = singleton<Kept>("watch-key-histories", () => ({ hour: 0, keys: new Map() }));
  const hour = grainStart("hour", now().getTime());
  if (kept.hour !== hour) Object.assign(kept, { hour, keys: new Map() });
  const unknown = keyIds.filter((id) => !kept.keys.has(id));
  for (let start = 0; start < unknown.length; start += keysAtOnce) {
    const ids = unknown.slice(start, start + keysAtOnce);
    const rows = await readHistory(
      ids,
      ids.map((id) => owners.get(id) ?? ""),
      hour,
    );
    for (const id of ids) kept.keys.set(id, historyOf(rows.filter(({ key_id }) => key_id === id)));
  }
  return keyIds.map((id) => [id, kept.keys.get(id) ?? historyOf([])]);
}

const readHistory = (ids: string[], userIds: string[], hour: number): Promise<HistoryRow[]> =>
  readAside<HistoryRow>(Prisma.sql`
    SELECT s.key_id, c.at, SUM(c.calls) AS calls, SUM(c.failures) AS failures
    FROM usage_subjects s JOIN usage_counters c ON c.subject = s.number
    WHERE s.user_id IN (${Prisma.join(userIds)}) AND s.key_id IN (${Prisma.join(ids)})
      AND c.grain = 1 AND c.at >= ${BigInt(hour - historyDays * dayMs)} AND c.at < ${BigInt(hour)}
    GROUP BY s.key_id, c.at`);

const historyOf = (rows: readonly HistoryRow[]): History => ({
  activeDays: new Set(rows.map(({ at }) => dayOf(at))).size,
  highestHour: Math.max(0, ...rows.map(({ calls }) => calls)),
  calls: rows.reduce((sum, { calls }) => sum + calls, 0),
  failures: rows.reduce((sum, { failures }) => sum + failures, 0),
});
