import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { now } from "../../infra/clock";
import { isUniqueViolation } from "../../infra/db/errors";
import { queueMail } from "../../mail/commands/queue-mail";
import { searchTextOf } from "../domain";
import { claimLink, getAddressLink, removeLinks } from "../links";

/** Uses the link that went to an address: it is proven, and where it is a new one, it is the person's from now on. */
export async function verifyEmail(actor: AnonymousActor, token: string): Promise<string> {
  try {
    return await audited(actor, async (transaction, record) => {
      const { id, user, email, isChange } = await getAddressLink(token, transaction);
      await claimLink(transaction, id);
      const object = { type: "user" as const, id: user.id, label: user.email };
      const at = now();
      if (!isChange) {
        if (user.email !== email) throw new AppError("link.invalid");
        record({ action: "user.email_verified", object });
        await transaction.user.update({
          where: { id: user.id },
          data: { emailVerified: at, updatedAt: at },
        });
        return email;
      }
      // What was sent to the address before must not open the account any more.
      await removeLinks(transaction, user.id);
      await transaction.user.update({
        where: { id: user.id },
        data: { email, emailVerified: at, searchText: searchTextOf(user.name, email), updatedAt: at },
      });
      const detail = { email: { before: user.email, after: email } };
      record({ action: "user.email_changed", object, detail });
      for (const address of [user.email, email])
        await queueMail(transaction, { kind: "email_changed", address, data: detail.email });
      return email;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("link.invalid");
    throw error;
  }
}
