import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import type { Transaction } from "../../infra/db/client";
import { listOwnAccounts } from "../queries";

/** The service opens this account no longer. Refused where nothing else does. */
export async function unlinkAccount(actor: PersonActor, provider: string): Promise<void> {
  const { id, email } = actor.user;
  await audited(actor, async (transaction, record) => {
    const accounts = await listOwnAccounts(actor, transaction);
    const others = accounts.filter((account) => account.provider !== provider);
    if (others.length === accounts.length) throw new AppError("account.not_found");
    if (!(await hasOtherWay(transaction, id, others))) throw new AppError("account.last_way_in");
    await transaction.account.deleteMany({ where: { userId: id, provider } });
    record({
      action: "account.unlinked",
      object: { type: "user", id, label: email },
      detail: { provider },
    });
  });
}

async function hasOtherWay(
  transaction: Transaction,
  userId: string,
  accounts: { provider: string }[],
): Promise<boolean> {
  const { passwordHash } = await transaction.user.findUniqueOrThrow({ where: { id: userId } });
  if (passwordHash !== null || (await transaction.passkey.count({ where: { userId } })) > 0) return true;
  const ids = accounts.map(({ provider }) => provider);
  return (await transaction.provider.count({ where: { id: { in: ids }, isEnabled: true } })) > 0;
}
