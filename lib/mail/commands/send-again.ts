import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import { type AddressedMail, getMail } from "../queries";

/**
 * Puts a mail back into the queue that failed, was kept, or waits after a failed attempt. It is written anew, so a
 * link in it is a new one. What somebody is sending right now has no failure, and is left to them.
 */
export async function sendAgain(actor: Actor, id: string): Promise<AddressedMail> {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const before = await getMail(actor, id, transaction);
    const { count } = await transaction.mail.updateMany({
      where: {
        id,
        dataSealed: { not: null },
        OR: [{ state: { in: ["failed", "kept"] } }, { state: "queued", failure: { not: null } }],
      },
      data: { state: "queued", attempts: 0, nextAt: now(), failure: null, doneAt: null },
    });
    if (count === 0) throw new AppError("mail.not_waiting");
    record({
      action: "mail.sent_again",
      object: { type: "mail", id, label: before.subject ?? before.kind },
      detail: { kind: before.kind, user_id: before.userId },
    });
    return getMail(actor, id, transaction);
  });
}
