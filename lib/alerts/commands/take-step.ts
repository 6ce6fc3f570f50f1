import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { unusualFreeze } from "../../keys/domain";
import type { NewAlert, TakenStep } from "../domain";
import { raiseAlert } from "./raise-alert";

export type UnusualKey = {
  id: string;
  name: string;
  userId: string;
  poolId: string;
  /** What its owner wants to happen; null: nothing but the alert. */
  step: TakenStep | null;
};

/** The alert and what the key's owner wants done with it, both or neither; says whether the alert was new. */
export async function raiseForKey(key: UnusualKey, alert: NewAlert): Promise<boolean> {
  const { step } = key;
  if (step === null) return raiseAlert(alert);
  // Asked every minute while it goes on: the log is not locked for what is known already.
  if (await db().alert.findUnique({ where: { key: alert.key } })) return false;
  return audited(systemActor("watch"), async (transaction, record) => {
    // Changes run one after the other, so of two that got here at once the second finds the first's alert.
    if (await transaction.alert.findUnique({ where: { key: alert.key } })) return false;
    const at = now();
    const isTaken = await take(transaction, key, step, at);
    await raiseAlert(isTaken ? { ...alert, step } : alert, transaction, at);
    if (isTaken)
      record({
        action: step === "slow" ? "key.slowed" : "key.frozen",
        object: { type: "key", id: key.id, label: key.name },
        detail: { user_id: key.userId, reason: unusualFreeze },
      });
    return true;
  });
}

/** A key that is slowed or frozen already has an alert that undoes that; one more step would hide behind it. */
async function take(
  transaction: Transaction,
  { id, poolId }: UnusualKey,
  step: TakenStep,
  at: Date,
): Promise<boolean> {
  const isFree = { revokedAt: null, frozenAt: null, slowedAt: null };
  const { count } =
    step === "slow"
      ? // With whatever it was rolled into: they count in one pool.
        await transaction.apiKey.updateMany({ where: { poolId, ...isFree }, data: { slowedAt: at } })
      : await transaction.apiKey.updateMany({
          where: { id, ...isFree },
          data: { frozenAt: at, frozenReason: unusualFreeze },
        });
  return count > 0;
}
