import type { Row, Write } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonRows, place, whole } from "../infra/db/json-rows";
import { env } from "../infra/env";
import type { Change } from "./accounts";
import { type Amount, type CallRecord, dayOf, type Hold } from "./domain";

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

const headPosition = "(SELECT position FROM usage_head WHERE id = 1)";
const insertOne = `INSERT INTO usage_calls (position, id, subject, version, at, code, is_held, rows, units, cost, expense,
  tokens, queue_us, work_us) VALUES (${headPosition} + ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** The rows of calls, at the positions that the head was just moved by. */
export function callStatement(ended: readonly Ended[], subjects: readonly number[]): Write {
  const rows = ended.map(({ record: one, hold }, index) => [
    index + 1 - ended.length,
    one.id.slice(idStart),
    subjects[index] ?? 0,
    one.version,
    one.at,
    one.code,
    hold ? 1 : 0,
    one.rows,
    one.units,
    one.cost,
    one.expense,
    Math.min(intMax, one.tokens),
    microseconds(one.queueMs),
    microseconds(one.workMs),
  ]);
  if (env().database === "sqlite") return { each: insertOne, rows };
  return {
    sql: Prisma.sql`
      INSERT INTO usage_calls (position, id, subject, version, at, code, is_held, rows, units, cost, expense, tokens,
        queue_us, work_us)
      SELECT (SELECT position FROM usage_head WHERE id = 1) + ${whole(0)}, ${place(1)}, ${whole(2)}, ${whole(3)},
        ${whole(4)}, ${place(5)}, ${whole(6)}, ${whole(7)}, ${whole(8)}, ${whole(9)}, ${whole(10)}, ${whole(11)},
        ${whole(12)}, ${whole(13)}
      FROM ${jsonRows(rows)}`,
  };
}

/** Sums for each account; it only keeps what its newest day adds up to. */
class Changes {
  private readonly byAccount = new Map<string, Change>();

  add(place: Pick<Hold, "userId" | "month" | "day">, used: Amount, back: Amount): void {
    const change = this.of(place);
    if (place.day > change.day) Object.assign(change, { day: place.day, dayCost: 0, dayCostBack: 0 });
    change.units += used.units;
    change.cost += used.cost;
    change.unitsBack += back.units;
    change.costBack += back.cost;
    if (place.day !== change.day) return;
    change.dayCost += used.cost;
    change.dayCostBack += back.cost;
  }

  list(): Change[] {
    return [...this.byAccount.values()];
  }

  private of({ userId, month, day }: Pick<Hold, "userId" | "month" | "day">): Change {
    const key = `${userId} ${month}`;
    let change = this.byAccount.get(key);
    if (!change) {
      const nothing = { units: 0, cost: 0, dayCost: 0, unitsBack: 0, costBack: 0, dayCostBack: 0 };
      change = { userId, month, day, ...nothing };
      this.byAccount.set(key, change);
    }
    return change;
  }
}

const nothing: Amount = { units: 0, cost: 0 };

/**
 * What calls that had a hold mean for the accounts, one change for each; `released` are holds that are gone without a
 * call. Of calls without one the accounts hear when they are counted: nothing waits for those numbers.
 */
export function changesOf(ended: readonly Ended[], released: readonly Hold[] = []): Change[] {
  const changes = new Changes();
  for (const { record, hold } of ended) if (hold) changes.add(hold, record, hold);
  for (const hold of released) changes.add(hold, nothing, hold);
  return changes.list();
}

/** The same of calls without a hold, added up by user and day. */
export function changesOfCounted(rows: readonly Row[]): Change[] {
  const changes = new Changes();
  for (const { user_id, at, units, cost } of rows) {
    const day = dayOf(Number(at));
    const place = { userId: String(user_id), month: day.slice(0, 7), day };
    changes.add(place, { units: Number(units), cost: Number(cost) }, nothing);
  }
  return changes.list();
}
