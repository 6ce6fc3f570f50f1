import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import type { Transaction } from "../../infra/db/client";
import { readSettings } from "../../settings/queries";
import type { FactorChange } from "../mails";
import { factorsOf, needsFactor } from "../queries";
import { noteChange } from "./note-change";

type Dropped = { change: FactorChange; detail?: Record<string, unknown> };

/** Takes one of one's own factors away, unless it is the last one and the role needs one. */
export const dropFactor = (
  actor: PersonActor,
  { change, detail }: Dropped,
  remove: (transaction: Transaction) => Promise<boolean>,
): Promise<void> =>
  audited(actor, async (transaction, record) => {
    if (!(await remove(transaction))) throw new AppError("factor.not_found");
    const { hasAny } = await factorsOf(actor.user.id, transaction);
    if (!hasAny) {
      const user = await transaction.user.findUniqueOrThrow({ where: { id: actor.user.id } });
      if (needsFactor(user, await readSettings(transaction))) throw new AppError("factor.last_required");
      // Without a factor there is nothing they could stand in for.
      await transaction.recoveryCode.deleteMany({ where: { userId: actor.user.id } });
    }
    const { user, sessionId } = actor;
    await noteChange(transaction, record, {
      user,
      action: "factor.removed",
      change,
      sessionId,
      ...(detail ? { detail } : {}),
    });
  });
