import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { queueMail } from "../../mail/commands/queue-mail";
import { factorsOf } from "../queries";
import { replaceRecoveryCodes } from "../recovery-codes";

/** Ten new ones; the earlier ones stop working. */
export const createRecoveryCodes = (actor: PersonActor): Promise<string[]> =>
  audited(actor, async (transaction, record) => {
    const { id, email } = actor.user;
    if (!(await factorsOf(id, transaction)).hasAny) {
      throw new AppError("factor.not_found", {
        detail: "Recovery codes stand in for an authenticator app or a passkey: set one of these up first.",
      });
    }
    record({ action: "recovery_codes.created", object: { type: "user", id, label: email } });
    await queueMail(transaction, {
      kind: "factors_changed",
      userId: id,
      data: { change: "recovery_codes_created" },
    });
    return replaceRecoveryCodes(transaction, id);
  });
