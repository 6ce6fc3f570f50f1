import { audited } from "../../audit/commands/audited";
import { requireAdmin, type UserActor } from "../../core/actor";
import { forgetProviders, getProvider } from "../queries";

/**
 * With every connection to it: a service that gets the same name later is another one, and whom it names so must not
 * find somebody's account.
 */
export async function deleteProvider(actor: UserActor, id: string): Promise<void> {
  requireAdmin(actor);
  await audited(actor, async (transaction, record) => {
    const { title, people, peopleWithoutOtherWay } = await getProvider(actor, id, transaction);
    await transaction.account.deleteMany({ where: { provider: id } });
    await transaction.provider.delete({ where: { id } });
    record({
      action: "provider.deleted",
      object: { type: "provider", id, label: title },
      detail: { people, people_without_other_way: peopleWithoutOtherWay },
    });
  });
  forgetProviders();
}
