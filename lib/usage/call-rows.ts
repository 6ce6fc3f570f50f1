import type { Statement } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonRows, ordinal, place, whole, wholeParameter } from "../infra/db/json-rows";
import type { Change } from "./accounts";
import { type CallRecord, dayOf, type Hold } from "./domain";

export type Ended = { record: CallRecord; hold: Hold | null };

const idStart = "prd_".length;
/** Columns of four bytes hold no more; a call of 35 minutes is at the end of the scale. */
const intMax = 2 ** 31 - 1;
const microseconds = (ms: number): number => Math.min(intMax, Math.max(0, Math.round(ms * 1000)));

/** Nobody is charged more than the maximum that was held for the call, and nothing for a failure. */
export function charged({ record, hold }: Ended): CallRecord {
  if (record.code !== null)
    return record.units === 0 && record.cost === 0 ? record : { ...record, units: 0, cost: 0 };
  if (!hold || (record.units <= hold.units && record.cost <= hold.cost)) return record;
  return { ...record, units: Math.min(record.units, hold.units), cost: Math.min(record.cost, hold.cost) };
}

/** The rows of calls, at the positions that the head was just moved by. */
export const callStatement = (records: readonly CallRecord[], subjects: readonly number[]): Statement => ({
  sql: Prisma.sql`
    INSERT INTO usage_calls (position, id, subject, version, at, code, rows, units, cost, expense, tokens, queue_us,
      work_us)
    SELECT (SELECT position FROM usage_head WHERE id = 1) - ${wholeParameter(records.length)} + ${ordinal()},
      ${place(0)}, ${whole(1)}, ${whole(2)}, ${whole(3)}, ${place(4)}, ${whole(5)}, ${whole(6)}, ${whole(7)},
      ${whole(8)}, ${whole(9)}, ${whole(10)}, ${whole(11)}
    FROM ${jsonRows(
      records.map((one, index) => [
        one.id.slice(idStart),
        subjects[index] ?? 0,
        one.version,
        one.at,
        one.code,
        one.rows,
        one.units,
        one.cost,
        one.expense,
        Math.min(intMax, one.tokens),
        microseconds(one.queueMs),
        microseconds(one.workMs),
      ]),
    )}`,
});

const dayMemo = { number: Number.NaN, day: "" };
function dayAt(at: number): string {
  const number = Math.floor(at / 86_400_000);
  if (dayMemo.number !== number) Object.assign(dayMemo, { number, day: dayOf(at) });
  return dayMemo.day;
}

/** What all of it means for the accounts: one change for each. `holds` are those that are gone with it. */
export function changesOf(ended: readonly Ended[], released: readonly Hold[] = []): Change[] {
  const changes = new Map<string, Change>();
  const add = (userId: string, month: string, day: string, record: CallRecord | null, hold: Hold | null) => {
    const key = `${userId} ${month}`;
    let change = changes.get(key);
    if (!change) {
      change = {
        ...{ userId, month, day, units: 0, cost: 0, dayCost: 0 },
        ...{ unitsBack: 0, costBack: 0, dayCostBack: 0 },
      };
      changes.set(key, change);
    }
    // The account only keeps its newest day.
    if (day > change.day) Object.assign(change, { day, dayCost: 0, dayCostBack: 0 });
    change.units += record?.units ?? 0;
    change.cost += record?.cost ?? 0;
    change.unitsBack += hold?.units ?? 0;
    change.costBack += hold?.cost ?? 0;
    if (day !== change.day) return;
    change.dayCost += record?.cost ?? 0;
    change.dayCostBack += hold?.cost ?? 0;
  };
  for (const { record, hold } of ended) {
    if (hold) add(hold.userId, hold.month, hold.day, record, hold);
    else if (record.units !== 0 || record.cost !== 0) {
      const day = dayAt(record.at);
      add(record.userId, day.slice(0, 7), day, record, null);
    }
  }
  for (const hold of released) add(hold.userId, hold.month, hold.day, null, hold);
  return [...changes.values()];
}
