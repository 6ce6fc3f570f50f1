import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { unusualFreeze } from "../../keys/domain";
import { canUndoStep } from "../policy";
import { type AlertRow, type WordedAlert, worded } from "../queries";

/**
 * Lifts what this alert did by itself, and nothing else: a key that was frozen or revoked for another reason stays
 * so. Counts for the next call, in every process.
 */
export async function undoStep(actor: PersonActor, id: string): Promise<WordedAlert> {
  return audited(actor, async (transaction, record) => {
    const alert = await transaction.alert.findUnique({ where: { id } });
    if (!alert || !canUndoStep(actor, alert)) throw new AppError("alert.not_found");
    if (alert.step === null || alert.undoneAt !== null || alert.objectId === null)
      throw new AppError("alert.nothing_to_undo");
    const key = await transaction.apiKey.findUniqueOrThrow({ where: { id: alert.objectId } });
    await lift(transaction, alert, key);
    const at = now();
    const undone = await transaction.alert.update({
      where: { id },
      data: { undoneAt: at, seenAt: alert.seenAt ?? at },
    });
    record({
      action: "key.released",
      object: { type: "key", id: key.id, label: key.name },
      detail: { user_id: key.userId, alert: id, step: alert.step },
    });
    return worded(undone);
  });
}

async function lift(
  transaction: Transaction,
  alert: AlertRow,
  { id, poolId }: { id: string; poolId: string },
): Promise<void> {
  if (alert.step === "slow")
    // Also the keys that it was rolled into meanwhile: they took over the very same moment.
    await transaction.apiKey.updateMany({
      where: { poolId, slowedAt: alert.createdAt },
      data: { slowedAt: null },
    });
  else
    await transaction.apiKey.updateMany({
      where: { id, frozenAt: alert.createdAt, frozenReason: unusualFreeze },
      data: { frozenAt: null, frozenReason: null },
    });
}
